// A newer version says the same again: one more citation. An open end then reaches to this version, from now on: what
// it reached to at which time of recording stays in `until_versions` and `until_recorded`
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (d:Document {id: row.document})
MATCH (c)-[:SUBJECT]->(e:Entity)
CREATE (c)-[at:CITES]->(d)
SET at = row.properties, at.recorded_at = $now, e:Stale
FOREACH (x IN CASE WHEN row.until_earliest > c.until_earliest THEN [c] ELSE [] END |
  SET x.until_versions = coalesce(x.until_versions, [x.until_earliest]) + row.until_earliest,
      x.until_recorded = coalesce(x.until_recorded, [x.recorded_at]) + $now,
      x.until_earliest = row.until_earliest)
