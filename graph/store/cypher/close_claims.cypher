// Closes claims with a reason, the newest reading of each; they stay, with the time until which the graph made them
UNWIND $rows AS row
MATCH (first:Claim {id: row.id})
OPTIONAL MATCH (last:Claim {id: first.returned_as})
WITH row, coalesce(last, first) AS c
OPTIONAL MATCH (c)-[:SUBJECT]->(e:Entity)
WITH row, c, e, c.retracted_at IS NULL AS is_open
FOREACH (x IN CASE WHEN is_open THEN [c] ELSE [] END |
  SET x.retracted_at = $now, x.closing = row.reason, x.closing_note = row.note, x.closed_by = $load)
FOREACH (x IN CASE WHEN is_open AND e IS NOT NULL THEN [e] ELSE [] END | SET x:Stale)
RETURN row.id AS asked, true AS found, CASE WHEN is_open THEN 1 ELSE 0 END AS closed
