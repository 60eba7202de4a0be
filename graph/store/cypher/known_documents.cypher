// Documents with their dates, for fact files that add to them
MATCH (d:Document)
OPTIONAL MATCH (v:Version)-[:VERSION_OF]->(d)
WITH d, v ORDER BY v.published, v.retrieved_at
RETURN d.id AS id, d.published AS published, d.form AS form, collect(v {.published, .retrieved_at, .sha256}) AS versions
ORDER BY id
