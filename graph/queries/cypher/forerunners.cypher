// What a body was called before it began: the bodies from which it came, renamed or merged, that were there on a day; the
// nearest ones
MATCH (:Body {id: $id})
  (()<-[:OBJECT]-(c:Claim WHERE c.predicate = 'SUCCEEDED_BY' AND coalesce(c.how, 'renamed') IN ['renamed', 'merged'] AND c.scope IS NULL
    AND c.retracted_at IS NULL AND c.redacted IS NULL AND c.unchecked IS NULL)-[:SUBJECT]->(:Body)){1,8} (e:Body)
WITH e, min(size(c)) AS steps
CALL (e) {
  MATCH (s:Claim)
  WHERE s.subject = e.id AND s.predicate IN ['started', 'ended'] AND s.retracted_at IS NULL AND s.redacted IS NULL AND s.unchecked IS NULL
  RETURN min(CASE s.predicate WHEN 'started' THEN s.value_earliest END) AS begun, max(CASE s.predicate WHEN 'ended' THEN s.value_latest END) AS ended
}
WITH e, steps, begun, ended
WHERE coalesce(begun <= $on, true) AND coalesce(ended >= $on, true)
WITH steps, e ORDER BY e.id
WITH steps, collect({id: e.id, name: e.name, label: 'Body'}) AS found ORDER BY steps LIMIT 1
UNWIND found AS body
RETURN body.id AS id, body.name AS name, body.label AS label
