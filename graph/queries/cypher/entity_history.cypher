// What was recorded of an entity and closed again, by which load and why, the newest first; of redacted claims nothing
CALL () {
  MATCH (c:Claim)
  WHERE c.subject = $id AND c.predicate IS NOT NULL
  RETURN c
  UNION
  MATCH (c:Claim)
  WHERE c.object = $id AND c.predicate IS NOT NULL
  RETURN c
}
WITH c
WHERE c.redacted IS NULL AND EXISTS { (c)-[:CITES]->(:Document) }
UNWIND [{what: 'recorded', at: c.recorded_at, load: c.load, place: 0}, {what: 'closed', at: c.retracted_at, load: c.closed_by, place: 1}] AS step
WITH c, step
WHERE step.at <= $recorded_at
WITH c, step ORDER BY step.at DESC, step.place DESC, c.subject <> $id, c.predicate, c.id
WITH collect({c: c, step: step}) AS steps
WITH size(steps) AS total, steps[$skip..$skip + $limit] AS page
UNWIND CASE WHEN size(page) = 0 THEN [null] ELSE page END AS one
WITH total, one.c AS c, one.step AS step
OPTIONAL MATCH (l:Load {id: step.load})
RETURN total, toString(step.at) AS at, step.what AS what, c.id AS claim, c.subject AS subject, c.predicate AS predicate, c.object AS object,
       c.value_text AS value, c.review AS review, step.load AS load, l.source AS source,
       CASE step.what WHEN 'closed' THEN c.closing END AS reason, CASE step.what WHEN 'closed' THEN c.closing_note END AS note,
       COLLECT { MATCH (c)-[:CITES]->(d:Document) RETURN DISTINCT d.id AS id ORDER BY id } AS documents,
       COLLECT { MATCH (c)-[:CORRECTS]->(wrong:Claim) WHERE step.what = 'recorded' RETURN wrong.id AS id ORDER BY id } AS corrects
ORDER BY at DESC, what, subject <> $id, predicate, claim
