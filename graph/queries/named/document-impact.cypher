// What rests on a document, and what would fall with it?
// valid time: none
// parameter document: Document, required - the document
// column subject: entity - of what or whom it says something
// column predicate: text - what it says
// column object: entity - the other end of a relationship
// column says: text - the value
// column falls: boolean - whether no other loaded document says the same: of one period, with the same position, role, stage …
// column other_documents: entities - the other documents that say the same; a copy of this one is among them
MATCH (d:Document {id: $document})<-[:CITES]-(c:Claim)
WHERE live(c)
WITH DISTINCT c
CALL (c) {
  MATCH (x:Claim {subject: c.subject, predicate: c.predicate})
  WHERE x.id <> c.id AND x.deprecated IS NULL AND live(x) AND same_period(c, x)
    AND ((x.object = c.object
          AND all(name IN separating(c) WHERE coalesce(c[name], '') = coalesce(x[name], ''))
          AND all(name IN exclusive(c) WHERE c[name] IS NULL OR coalesce(c[name] = x[name], false))
          AND (c.until_earliest <> date('9999-12-31') OR (c.from_earliest <= x.from_latest AND x.from_earliest <= c.from_latest)))
      OR (c.object IS NULL AND (
          x.value_key = c.value_key
          OR (x.value_earliest <= c.value_latest AND c.value_earliest <= x.value_latest)
          OR (coalesce(x.value_low, x.value_high) IS NOT NULL AND coalesce(c.value_low, c.value_high) IS NOT NULL
              AND coalesce(x.value_low, -1.0e300) <= coalesce(c.value_high, 1.0e300)
              AND coalesce(c.value_low, -1.0e300) <= coalesce(x.value_high, 1.0e300)))))
  MATCH (x)-[:CITES]->(other:Document)
  WHERE other.id <> $document
  WITH DISTINCT other.id AS other ORDER BY other
  RETURN collect(other) AS others
}
RETURN c.subject AS subject, c.predicate AS predicate, c.object AS object, c.value_text AS says,
       size(others) = 0 AS falls, others AS other_documents, [c.id] AS claims
ORDER BY falls DESC, subject, predicate, object, says
