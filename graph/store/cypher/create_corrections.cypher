// Links corrections with the claims that they correct, where the graph holds these
UNWIND $rows AS row
MATCH (first:Claim {id: row.id})
OPTIONAL MATCH (last:Claim {id: first.returned_as})
WITH row, coalesce(last, first) AS c
MATCH (wrong:Claim {id: row.corrects})
WHERE c.redacted IS NULL
MERGE (c)-[:CORRECTS]->(wrong)
