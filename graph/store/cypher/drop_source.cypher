// Claims of other sources that this source no longer makes
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
WITH c, [source IN c.also_from WHERE source <> $source] AS others
SET c.also_from = CASE WHEN size(others) = 0 THEN null ELSE others END, c.shared = CASE WHEN size(others) = 0 THEN null ELSE true END
