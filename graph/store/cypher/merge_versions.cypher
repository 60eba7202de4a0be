// Versions of documents: one node for each time a document was published or retrieved
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MERGE (v:Version {id: row.id})
ON CREATE SET v.published = row.published, v.retrieved_at = row.retrieved_at, v.sha256 = row.sha256
MERGE (v)-[:VERSION_OF]->(d)
SET v.sha256 = coalesce(v.sha256, row.sha256)
RETURN v.id AS id, v.sha256 AS sha256
