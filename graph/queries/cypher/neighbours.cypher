// The neighbours of entities by relationship type and direction: how many there are in all and beside those in `$shown`,
// and of the latter the `$most` first: those that most documents speak of, then by kind, then the latest. What a curator
// holds to be mistaken counts for nothing here; an entity to which more than `$widest` links lead is passed over.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE $widest IS NULL OR COUNT { (e)--() } <= $widest
CALL (id) {
  MATCH (c:Claim)
  WHERE c.subject = id AND c.predicate IS NOT NULL AND c.object IS NOT NULL
  RETURN c, 'forward' AS direction, c.object AS other
  UNION ALL
  MATCH (c:Claim)
  WHERE c.object = id AND c.predicate IS NOT NULL
  RETURN c, 'backward' AS direction, c.subject AS other
}
WITH id, c, direction, other
WHERE other <> id AND ($types IS NULL OR c.predicate IN $types) AND c.deprecated IS NULL AND live(c)
MATCH (c)-[:CITES]->(d:Document)
WITH id, direction, c.predicate AS predicate, other, count(DISTINCT d) AS documents, max(c.from_latest) AS begun
ORDER BY documents DESC, $order[split(other, ':')[0]], begun DESC, other
WITH id, direction, predicate, count(*) AS total,
     collect(CASE WHEN NOT other IN $shown THEN {id: other, documents: documents} END) AS hidden
RETURN id, direction, predicate, total, size(hidden) AS beside, hidden[..$most] AS others
ORDER BY id, direction, predicate
