// Plain relationships of one type, made only where they are not there
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
MERGE (s)-[r:<TYPE>]->(o)
SET r = row.properties
