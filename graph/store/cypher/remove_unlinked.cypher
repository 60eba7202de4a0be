// Entities of which nothing says anything any more, because their claims moved to another one
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { (e)<-[:SUBJECT|OBJECT|CITES|SAID_BY|VERSION_OF]-() }
DETACH DELETE e
RETURN id
ORDER BY id
