// A newer version says the same again: one more citation; an open end then reaches to this version
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (d:Document {id: row.document})
CREATE (c)-[at:CITES]->(d)
SET at = row.properties, at.recorded_at = $now,
    c.from_latest = CASE WHEN row.from_latest < c.from_latest THEN row.from_latest ELSE c.from_latest END,
    c.until_earliest = CASE WHEN row.until_earliest > c.until_earliest THEN row.until_earliest ELSE c.until_earliest END
