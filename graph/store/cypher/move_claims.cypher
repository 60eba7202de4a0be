// Claims about another entity than before: their subject, and what follows from it
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})-[link:SUBJECT]->(old:Entity)
MATCH (new:Entity {id: row.subject})
SET old:Stale, new:Stale, c += row.properties
DELETE link
CREATE (c)-[:SUBJECT]->(new)
