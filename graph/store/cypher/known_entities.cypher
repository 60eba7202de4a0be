// Ids of all entities that some document names
MATCH (e:Entity)
RETURN e.id AS id
ORDER BY id
