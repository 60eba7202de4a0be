// The ids that sources give to records which were joined with this entity; they lead to it
MATCH (c:Claim)
WHERE c.subject = $id AND c.predicate IS NOT NULL AND c.joined IS NOT NULL AND c.redacted IS NULL
RETURN c.joined AS id, count(c) AS claims, toString(min(c.recorded_at)) AS recorded_at
ORDER BY id
