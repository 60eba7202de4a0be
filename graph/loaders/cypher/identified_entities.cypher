// Which entities some sources know by identifiers of a scheme, and the names they have there
MATCH (c:Claim)
WHERE c.identifier STARTS WITH $scheme AND c.source IN $sources AND c.retracted_at IS NULL AND c.review = 'checked'
OPTIONAL MATCH (n:Claim {subject: c.subject, predicate: 'name'})
WHERE n.source IN $sources AND n.retracted_at IS NULL
RETURN c.subject AS entity, c.identifier AS identifier, collect(DISTINCT n.value) AS names
ORDER BY entity, identifier
