// A source reads these claims anew, which other sources make too: they stay when it drops them
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c.also_from = row.also_from, c.shared = true
