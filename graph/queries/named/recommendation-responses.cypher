// Who answered a recommendation, when, with which position, and did its targets do so?
// valid time: none
// parameter recommendation: Recommendation, required - the recommendation
// column decision: Decision - the answer
// column extent: text - item, set (all of a set of which this is one) or unclear (an answer to the document that does not say to which of its items)
// column date: list - when it was given, as documents say
// column by: entities - who gave it
// column by_target: boolean - whether one of them is whom the recommendation targets
// column position: list - with which position
// column words: list - in the responder's own words
// column count: integer - to how many items, where a set is answered
// column of: integer - of how many the set consists
// column announced_in: entities - the documents that made it known
CALL () {
  MATCH (r:Claim {object: $recommendation, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN r, 'item' AS extent, null AS made
  UNION
  MATCH (m:Claim {subject: $recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  MATCH (r:Claim {object: m.object, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN r, CASE WHEN r.count = r.of THEN 'set' ELSE 'unclear' END AS extent, m.id AS made
}
WITH r, extent, made ORDER BY r.id, made
WITH r.subject AS decision, extent, collect(DISTINCT r) AS links, collect(DISTINCT made) AS made
CALL (decision) {
  OPTIONAL MATCH (v:Claim)
  WHERE v.subject = decision AND v.predicate IN ['date', 'MADE_BY', 'ANNOUNCED_IN'] AND live(v)
  WITH v ORDER BY v.value_earliest, v.value_text, v.object, v.id
  RETURN collect(v) AS about
}
CALL () {
  OPTIONAL MATCH (t:Claim {subject: $recommendation, predicate: 'TARGETS'})
  WHERE live(t)
  WITH t ORDER BY t.id
  RETURN collect(t) AS targets
}
WITH *, [t IN targets WHERE any(v IN about WHERE v.predicate = 'MADE_BY' AND v.object = t.object)] AS answering
RETURN decision, extent,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'date' OR v.value_text IN known THEN known ELSE known + v.value_text END) AS date,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'MADE_BY' OR v.object IN known THEN known ELSE known + v.object END) AS by,
       size(answering) > 0 AS by_target,
       reduce(known = [], r IN links | CASE WHEN r.position IS NULL OR r.position IN known THEN known ELSE known + r.position END) AS position,
       reduce(known = [], r IN links | CASE WHEN r.words IS NULL OR r.words IN known THEN known ELSE known + r.words END) AS words,
       head([r IN links WHERE r.count IS NOT NULL | r.count]) AS count, head([r IN links WHERE r.of IS NOT NULL | r.of]) AS of,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'ANNOUNCED_IN' OR v.object IN known THEN known ELSE known + v.object END) AS announced_in,
       [r IN links | r.id] + made + [v IN about | v.id] + [t IN answering | t.id] AS claims
ORDER BY date, extent, decision
