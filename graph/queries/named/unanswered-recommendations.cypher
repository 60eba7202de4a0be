// For which recommendations do the loaded documents hold no answer, none by the target itself, or a due date that has passed?
// valid time: parameter
// parameter inquiry: Inquiry - only recommendations of this inquiry
// parameter body: Body|Office|Group - only recommendations that target this body, office or group
// column recommendation: Recommendation - the recommendation
// column number: text - its number as printed
// column target: Body|Office|Group|Inquiry - whom it targets; empty where no document says
// column state: list - none, none_by_target, answered_by_whole (by the body that the target is part or an office of, such as the government for a department), not_shown (an answer to part of a set does not say to which), overdue
// column due: text - by when it was to be done
// column answered_by: entities - who answered, where others than the target did
CALL () {
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  OPTIONAL MATCH (t:Claim {subject: m.subject, predicate: 'TARGETS'})
  WHERE live(t)
  WITH m, t, p
  WHERE $body IS NULL OR t.object = $body
  RETURN m.subject AS recommendation, t, p.id AS way
  UNION
  MATCH (t:Claim {object: $body, predicate: 'TARGETS'})
  WHERE $inquiry IS NULL AND t.subject STARTS WITH 'recommendation:' AND live(t)
  RETURN t.subject AS recommendation, t, null AS way
  UNION
  WITH 1 AS everything
  WHERE $inquiry IS NULL AND $body IS NULL
  MATCH (t:Claim {predicate: 'TARGETS'})
  WHERE t.subject STARTS WITH 'recommendation:' AND live(t)
  RETURN t.subject AS recommendation, t, null AS way
  UNION
  WITH 1 AS everything
  WHERE $inquiry IS NULL AND $body IS NULL
  MATCH (m:Claim {predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
    AND NOT EXISTS { MATCH (t:Claim {subject: m.subject, predicate: 'TARGETS'}) WHERE live(t) }
  RETURN m.subject AS recommendation, null AS t, null AS way
}
WITH recommendation, t, way ORDER BY t.id
WITH recommendation, t.object AS target, collect(DISTINCT t) AS targets, collect(DISTINCT way) AS way
CALL (recommendation) {
  MATCH (m:Claim {subject: recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  WITH m ORDER BY m.id
  RETURN collect(m) AS made
}
CALL (recommendation, made) {
  MATCH (r:Claim {object: recommendation, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN r, true AS says_which
  UNION
  UNWIND made AS m
  MATCH (r:Claim {object: m.object, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN r, r.count = r.of AS says_which
  UNION
  RETURN null AS r, false AS says_which
}
OPTIONAL MATCH (b:Claim {subject: r.subject, predicate: 'MADE_BY'})
WHERE live(b)
WITH recommendation, target, targets, way, made, r, says_which, b ORDER BY r.id, b.object, b.id
WITH recommendation, target, targets, way, made,
     collect(CASE WHEN r IS NOT NULL THEN {r: r, b: b, which: coalesce(says_which, false)} END) AS answers
CALL (target) {
  OPTIONAL MATCH (one:Claim)
  WHERE one.subject = target AND one.predicate IN ['PART_OF', 'OFFICE_OF'] AND live(one)
  OPTIONAL MATCH (two:Claim {subject: one.object, predicate: 'PART_OF'})
  WHERE live(two)
  UNWIND [{links: [one], body: one.object}, {links: [one, two], body: two.object}] AS whole
  WITH whole
  WHERE whole.body IS NOT NULL
  RETURN collect(DISTINCT whole) AS wholes
}
WITH *, [whole IN wholes WHERE any(a IN answers WHERE a.which AND a.b.object = whole.body)] AS answering
CALL (recommendation) {
  OPTIONAL MATCH (s:Claim {object: recommendation, predicate: 'SERVES'})
  WHERE live(s) AND s.stage = 'done'
  RETURN count(s) > 0 AS done
}
CALL (recommendation) {
  OPTIONAL MATCH (n:Claim {subject: recommendation, predicate: 'number'})
  WHERE live(n)
  WITH n ORDER BY n.value_text, n.id
  RETURN collect(n) AS numbers
}
WITH *, head([t IN targets WHERE t.due IS NOT NULL | t.due]) AS due
WITH *, CASE WHEN due IS NULL THEN null
             WHEN size(due) = 4 THEN date(due + '-12-31')
             WHEN size(due) = 7 THEN date(due + '-01') + duration('P1M') - duration('P1D') ELSE date(due) END AS last_day
WITH *, CASE WHEN size([a IN answers WHERE a.which]) = 0 AND size(answers) > 0 THEN ['not_shown']
             WHEN size(answers) = 0 THEN ['none']
             WHEN target IS NULL OR any(a IN answers WHERE a.which AND a.b.object = target) THEN []
             WHEN size(answering) > 0 THEN ['answered_by_whole'] ELSE ['none_by_target'] END +
        CASE WHEN last_day < $valid_at AND NOT done THEN ['overdue'] ELSE [] END AS state
WHERE size(state) > 0
RETURN recommendation, reduce(text = null, n IN numbers | CASE WHEN text IS NULL THEN n.value_text WHEN n.value_text IN split(text, ' or ') THEN text ELSE text + ' or ' + n.value_text END) AS number, target, state, due,
       reduce(known = [], a IN answers | CASE WHEN a.b IS NULL OR a.b.object IN known THEN known ELSE known + a.b.object END) AS answered_by,
       [t IN targets | t.id] + way + [m IN made | m.id] + reduce(ids = [], a IN answers | ids + [id IN [a.r.id, a.b.id] WHERE id IS NOT NULL AND NOT id IN ids])
         + reduce(ids = [], whole IN CASE WHEN 'answered_by_whole' IN state THEN answering ELSE [] END | ids + [l IN whole.links WHERE NOT l.id IN ids | l.id]) AS claims
ORDER BY size(recommendation), recommendation, target
