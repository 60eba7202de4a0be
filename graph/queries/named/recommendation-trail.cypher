// What has become of one recommendation, from the day it was made until now?
// valid time: none
// parameter recommendation: Recommendation, required - the recommendation
// column date: text - the date as a document gives it; empty where none does
// column what: text - made, target, response, action, assessment, repeats or repeated
// column entity: entity - the document, target, decision, action, assessment or other recommendation
// column by: entities - who made, carried out or judged it
// column says: list - role, position, words or stage
// column blanket: boolean - whether the answer or judgement is of a whole set of which this is one
CALL () {
  MATCH (m:Claim {subject: $recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  RETURN 'made' AS what, m.object AS entity, collect(m) AS claims, [] AS behind, false AS blanket, 'published' AS dated
  UNION
  MATCH (t:Claim {subject: $recommendation, predicate: 'TARGETS'})
  WHERE live(t)
  RETURN 'target' AS what, t.object AS entity, collect(t) AS claims, [] AS behind, false AS blanket, 'none' AS dated
  UNION
  MATCH (r:Claim {object: $recommendation, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN 'response' AS what, r.subject AS entity, collect(r) AS claims, [] AS behind, false AS blanket, 'date' AS dated
  UNION
  MATCH (m:Claim {subject: $recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  MATCH (r:Claim {object: m.object, predicate: 'RESPONDS_TO'})
  WHERE live(r) AND r.count = r.of
  RETURN 'response' AS what, r.subject AS entity, collect(r) AS claims, [] AS behind, true AS blanket, 'date' AS dated
  UNION
  MATCH (s:Claim {object: $recommendation, predicate: 'SERVES'})
  WHERE live(s)
  RETURN 'action' AS what, s.subject AS entity, collect(s) AS claims, [] AS behind, false AS blanket, 'date' AS dated
  UNION
  MATCH (r:Claim {object: $recommendation, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  MATCH (s:Claim {object: r.subject, predicate: 'SERVES'})
  WHERE live(s)
  RETURN 'action' AS what, s.subject AS entity, collect(s) AS claims, collect(DISTINCT r.id) AS behind, false AS blanket, 'date' AS dated
  UNION
  MATCH (a:Claim {object: $recommendation, predicate: 'ASSESSES'})
  WHERE live(a)
  RETURN 'assessment' AS what, a.subject AS entity, collect(a) AS claims, [] AS behind, false AS blanket, 'date' AS dated
  UNION
  MATCH (m:Claim {subject: $recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  MATCH (a:Claim {object: m.object, predicate: 'ASSESSES'})
  WHERE live(a) AND a.count = a.of
  RETURN 'assessment' AS what, a.subject AS entity, collect(a) AS claims, [] AS behind, true AS blanket, 'date' AS dated
  UNION
  MATCH (p:Claim {subject: $recommendation, predicate: 'REPEATS'})
  WHERE live(p)
  RETURN 'repeats' AS what, p.object AS entity, collect(p) AS claims, [] AS behind, false AS blanket, 'made' AS dated
  UNION
  MATCH (p:Claim {object: $recommendation, predicate: 'REPEATS'})
  WHERE live(p)
  RETURN 'repeated' AS what, p.subject AS entity, collect(p) AS claims, [] AS behind, false AS blanket, 'made' AS dated
}
UNWIND claims AS claim
WITH what, entity, blanket, dated, behind, claim ORDER BY claim.id
WITH what, entity, blanket, dated, collect(DISTINCT claim) AS links, collect(behind) AS decisions
CALL (entity, dated) {
  MATCH (d:Claim {subject: entity, predicate: dated})
  WHERE dated IN ['date', 'published'] AND live(d)
  RETURN d AS day, [d.id] AS way
  UNION
  MATCH (m:Claim {subject: entity, predicate: 'MADE_IN'})
  WHERE dated = 'made' AND live(m)
  MATCH (d:Claim {subject: m.object, predicate: 'published'})
  WHERE live(d)
  RETURN d AS day, [m.id, d.id] AS way
  UNION
  RETURN null AS day, [] AS way
}
WITH what, entity, blanket, links, decisions, day, way ORDER BY day.value_earliest, day.id
WITH what, entity, blanket, links, decisions, collect(DISTINCT day.value_text) AS dates, min(day.value_earliest) AS earliest, collect(way) AS ways
CALL (entity) {
  MATCH (b:Claim)
  WHERE b.subject = entity AND b.predicate IN ['MADE_BY', 'ASSESSED_BY', 'CARRIED_OUT_BY'] AND live(b)
  WITH b ORDER BY b.object, b.id
  RETURN collect(DISTINCT b.object) AS by, collect(b.id) AS made
}
CALL (entity) {
  MATCH (v:Claim)
  WHERE v.subject = entity AND v.predicate IN ['words', 'stage'] AND live(v)
  WITH v ORDER BY v.predicate DESC, v.value_text
  RETURN collect(DISTINCT v.value_text) AS judged, collect(v.id) AS judgements
}
RETURN CASE size(dates) WHEN 0 THEN null ELSE reduce(text = '', day IN dates | CASE text WHEN '' THEN day ELSE text + ' or ' + day END) END AS date,
       what, entity, by,
       reduce(said = [], word IN reduce(all_words = [], link IN links | all_words + [link.role, link.position, link.words, link.stage, link.how, link.due]) + judged |
         CASE WHEN word IS NULL OR word IN said THEN said ELSE said + word END) AS says,
       blanket,
       [link IN links | link.id] + reduce(ids = [], way IN decisions + ways | ids + [id IN way WHERE NOT id IN ids]) + made + judgements AS claims
ORDER BY date IS NULL, CASE what WHEN 'made' THEN 0 WHEN 'target' THEN 1 ELSE 2 END, date, what, entity, blanket
