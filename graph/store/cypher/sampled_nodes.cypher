// Some entities and claims by their ids, with their properties
UNWIND $ids AS id
OPTIONAL MATCH (e:Entity {id: id})
OPTIONAL MATCH (c:Claim {id: id})
RETURN id, properties(coalesce(e, c)) AS properties
ORDER BY id
