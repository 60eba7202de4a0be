// Claims that give an entity a value, with their citations, made only where they are not there
UNWIND $rows AS row
MATCH (s:Entity {id: row.subject})
MATCH (d:Document {id: row.document})
MERGE (c:Claim {id: row.properties.id})
SET c = row.properties
MERGE (c)-[:SUBJECT]->(s)
MERGE (c)-[at:CITES]->(d)
SET at = row.citation
