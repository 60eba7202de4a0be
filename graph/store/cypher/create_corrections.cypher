// Links corrections with the claims that they correct, where the graph holds these; says which it does not hold
UNWIND $rows AS row
OPTIONAL MATCH (first:Claim {id: row.id})
OPTIONAL MATCH (last:Claim {id: first.returned_as})
OPTIONAL MATCH (wrong:Claim {id: row.corrects})
WITH row, coalesce(last, first) AS c, wrong
FOREACH (linked IN CASE WHEN c.redacted IS NULL AND c IS NOT NULL AND wrong IS NOT NULL THEN [c] ELSE [] END |
  MERGE (linked)-[:CORRECTS]->(wrong))
WITH row, wrong WHERE wrong IS NULL
RETURN row.corrects AS missing
