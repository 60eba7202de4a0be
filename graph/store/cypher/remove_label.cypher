// Takes away a label that no claim supports any more
UNWIND $ids AS id
MATCH (e:Entity {id: id})
REMOVE e:<LABEL>
