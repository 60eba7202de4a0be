// Plain relationships of one type
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
CREATE (s)-[r:<TYPE>]->(o)
SET r = row.properties
