// Claims that relate two entities, with their citations
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
MATCH (d:Document {id: row.document})
CREATE (o)<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(s)
SET c = row.properties
CREATE (c)-[at:CITES]->(d)
SET at = row.citation
