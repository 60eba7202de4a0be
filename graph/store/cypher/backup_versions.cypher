// All versions of documents
MATCH (v:Version)-[:VERSION_OF]->(d:Document)
RETURN v.id AS id, d.id AS document, v.published AS published, v.retrieved_at AS retrieved_at, v.sha256 AS sha256
ORDER BY id
