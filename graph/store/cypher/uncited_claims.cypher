// Claims that cite no document
MATCH (c:Claim)
WHERE c.redacted IS NULL AND NOT EXISTS { (c)-[:CITES]->(:Document) }
RETURN c.id AS id, c.subject AS subject, c.predicate AS predicate
ORDER BY id
LIMIT 1000
