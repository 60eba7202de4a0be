// What is left of an entity of which every claim is closed: when and why
CALL () {
  MATCH (c:Claim)
  WHERE c.subject = $id AND c.predicate IS NOT NULL
  RETURN c
  UNION
  MATCH (c:Claim)
  WHERE c.object = $id AND c.predicate IS NOT NULL
  RETURN c
  UNION
  MATCH (:Document {id: $id})<-[:CITES]-(c:Claim)
  RETURN c
}
WITH c ORDER BY c.closing, c.closing_note
RETURN toString(min(c.recorded_at)) AS recorded_at, toString(max(c.retracted_at)) AS withdrawn_at, count(c) AS claims,
       collect(DISTINCT c.closing) AS reasons, collect(DISTINCT c.closing_note) AS notes
