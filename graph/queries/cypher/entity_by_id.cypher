// The entity with this id, and its kind
MATCH (e:Entity {id: $id})
RETURN e.id AS id, head([label IN labels(e) WHERE label <> 'Entity' AND toLower(label) = split(e.id, ':')[0]]) AS label
