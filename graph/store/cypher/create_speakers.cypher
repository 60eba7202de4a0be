// Links claims with those who are reported to have said it
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (s:Entity {id: row.said_by})
CREATE (c)-[:SAID_BY]->(s)
