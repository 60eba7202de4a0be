// Takes away what redacted claims said; a tombstone with the reason stays
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (c)-[:SUBJECT]->(e:Entity)
SET e:Stale, c = {id: c.id, redacted: true, closing: 'redacted', closing_note: row.note, recorded_at: c.recorded_at,
    retracted_at: coalesce(c.retracted_at, $now), load: c.load, closed_by: $load}
WITH c
OPTIONAL MATCH (c)-[link]->()
DELETE link
