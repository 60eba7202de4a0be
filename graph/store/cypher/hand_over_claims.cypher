// A source no longer makes these claims, but another one does: they go over to it
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c.source = row.source, c.load = coalesce(row.load, c.load), c.also_from = row.also_from,
    c.shared = CASE WHEN row.also_from IS NULL THEN null ELSE true END
