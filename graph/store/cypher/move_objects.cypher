// Claims that lead to another entity than before: the link to their object
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})-[link:OBJECT]->(old:Entity)
MATCH (new:Entity {id: row.object})
SET old:Stale
DELETE link
CREATE (c)-[:OBJECT]->(new)
