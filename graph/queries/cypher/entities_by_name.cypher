// The entities that bear this name, or bore it on a day
MATCH (c:Claim {name_key: $key})
WHERE c.retracted_at IS NULL AND c.redacted IS NULL AND EXISTS { (c)-[:CITES]->(:Document) }
  AND ($on IS NULL OR (c.from_earliest <= $on AND $on < c.until_latest))
MATCH (e:Entity {id: c.subject})
WITH DISTINCT e
RETURN e.id AS id, e.name AS name,
       head([label IN labels(e) WHERE toLower(label) = split(e.id, ':')[0]]) AS label
ORDER BY id
