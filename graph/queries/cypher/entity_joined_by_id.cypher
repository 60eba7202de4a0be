// The entity that a record was joined with, by the id that its source gives to the record
MATCH (c:Claim {joined: $id})
WHERE c.retracted_at IS NULL AND c.redacted IS NULL
WITH DISTINCT c.subject AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, head([label IN labels(e) WHERE label <> 'Entity' AND toLower(label) = split(e.id, ':')[0]]) AS label
ORDER BY id
LIMIT 1
