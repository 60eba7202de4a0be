// Claims that give an entity a value, with their citations
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (d:Document {id: row.document})
CREATE (c:Claim)-[:SUBJECT]->(s)
SET c = row.properties
CREATE (c)-[at:CITES]->(d)
SET at = row.citation
