// Closes claims with a reason; they stay, with the time until which the graph made them
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
WHERE c.retracted_at IS NULL
SET c.retracted_at = $now, c.closing = row.reason, c.closing_note = row.note, c.closed_by = $load
WITH c
MATCH (c)-[:SUBJECT]->(e:Entity)
SET e:Stale
RETURN c.id AS id
