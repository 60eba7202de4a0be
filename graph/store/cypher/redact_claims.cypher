// Takes away what redacted claims said, in every reading of them; a tombstone with the reason stays
UNWIND $rows AS row
WITH row, EXISTS { MATCH (:Claim {id: row.id}) } AS found
MERGE (first:Claim {id: row.id})
ON CREATE SET first.recorded_at = $now, first.load = $load
WITH row, found
MATCH (c:Claim)
WHERE c.id STARTS WITH row.id AND c.redacted IS NULL
OPTIONAL MATCH (c)-[:SUBJECT]->(e:Entity)
FOREACH (x IN CASE WHEN e IS NULL THEN [] ELSE [e] END | SET x:Stale)
SET c = {id: c.id, redacted: true, closing: 'redacted', closing_note: row.note, recorded_at: c.recorded_at,
    retracted_at: coalesce(c.retracted_at, $now), load: c.load, closed_by: $load,
    returned_as: c.returned_as, returns: c.returns}
WITH row, found, c
OPTIONAL MATCH (c)-[link]->()
DELETE link
WITH row, found, c
WITH row, found, count(DISTINCT c) AS readings
RETURN row.id AS asked, found, CASE WHEN found THEN readings ELSE 0 END AS closed
