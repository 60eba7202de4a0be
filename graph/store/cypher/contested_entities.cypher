// Entities of which a live claim has ever been contradicted
MATCH (c:Claim {contested: true})
WHERE c.retracted_at IS NULL
RETURN DISTINCT c.subject AS entity
ORDER BY entity
