// Claims whose links do not lead to their subject or object, or that lack what every claim has
MATCH (c:Claim)
WHERE c.redacted IS NULL
  AND (NOT EXISTS { (c)-[:SUBJECT]->(s:Entity) WHERE s.id = c.subject }
    OR (c.object IS NOT NULL AND NOT EXISTS { (c)-[:OBJECT]->(o:Entity) WHERE o.id = c.object })
    OR (c.object IS NULL AND c.value IS NULL)
    OR c.recorded_at IS NULL OR c.known_latest IS NULL OR c.from_earliest IS NULL OR c.method IS NULL OR c.review IS NULL
    OR NOT EXISTS { (l:Load) WHERE l.id = c.load })
RETURN c.id AS id, c.subject AS subject, c.predicate AS predicate
ORDER BY id
LIMIT 1000
