// The entities that bear this name, or bore it on a day; and whether all documents let them begin after that day, or end
// before it
MATCH (c:Claim {name_key: $key})
WHERE c.retracted_at IS NULL AND c.redacted IS NULL AND EXISTS { (c)-[:CITES]->(:Document) }
  AND ($on IS NULL OR (c.from_earliest <= $on AND $on < c.until_latest))
MATCH (e:Entity {id: c.subject})
WITH DISTINCT e
CALL (e) {
  MATCH (s:Claim)
  WHERE s.subject = e.id AND s.predicate IN ['started', 'ended'] AND s.retracted_at IS NULL AND s.redacted IS NULL AND s.unchecked IS NULL
  RETURN min(CASE s.predicate WHEN 'started' THEN s.value_earliest END) AS begun, max(CASE s.predicate WHEN 'ended' THEN s.value_latest END) AS ended
}
RETURN e.id AS id, e.name AS name,
       head([label IN labels(e) WHERE toLower(label) = split(e.id, ':')[0]]) AS label,
       coalesce($on < begun, false) AS is_later, coalesce(ended < $on, false) AS is_over
ORDER BY id
