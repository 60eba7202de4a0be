// Gives entities the label of their sub-kind
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e:<LABEL>
