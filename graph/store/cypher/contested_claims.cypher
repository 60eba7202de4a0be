// The live, cited claims that another one has ever contradicted, by the entity they speak of
MATCH (c:Claim {contested: true})
WHERE c.retracted_at IS NULL
WITH c, [(c)-[:CITES]->(d:Document) | d.id] AS documents
WHERE size(documents) > 0
RETURN c.subject AS entity, properties(c) AS claim, documents
ORDER BY entity, c.id
