// What rests on a document, and what would fall with it?
// valid time: none
// parameter document: Document, required - the document
// column subject: entity - of what or whom it says something
// column predicate: text - what it says
// column object: entity - the other end of a relationship
// column says: text - the value
// column falls: boolean - whether no other loaded document says the same
// column other_documents: entities - the other documents that say the same; a copy of this one is among them
MATCH (d:Document {id: $document})<-[:CITES]-(c:Claim)
WHERE live(c)
WITH DISTINCT c
CALL (c) {
  MATCH (x:Claim {subject: c.subject, predicate: c.predicate})
  WHERE x.id <> c.id AND live(x)
    AND ((c.object IS NOT NULL AND x.object = c.object) OR (c.object IS NULL AND (
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
