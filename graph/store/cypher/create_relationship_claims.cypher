// Writes claims that relate two entities, with their citations
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (o:Entity {id: row.object})
CREATE (o)<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(s)
SET c = row.properties, c += $common
WITH c, row
UNWIND row.citations AS citation
MATCH (d:Document {id: citation.document})
CREATE (c)-[at:CITES]->(d)
SET at = citation.properties
