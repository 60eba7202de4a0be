// What documents say of these entities: their live, cited claims. The hint keeps the plan when a store grows from empty
UNWIND $ids AS id
MATCH (c:Claim {subject: id})
USING INDEX c:Claim(subject, predicate)
WHERE c.predicate IS NOT NULL AND c.retracted_at IS NULL AND c.redacted IS NULL
WITH id, c, [(c)-[:CITES]->(d:Document) | d.id] AS documents
WHERE size(documents) > 0
RETURN id, properties(c) AS claim, documents
ORDER BY id, claim.id
