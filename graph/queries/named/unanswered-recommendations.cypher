// For which recommendations do the loaded documents hold no answer, none by the target itself, or a due date that has passed?
// valid time: parameter
// parameter inquiry: Inquiry - only recommendations of this inquiry
// parameter body: Body|Office|Group - only recommendations that target this body, office or group
// parameter with_predecessors: boolean, default no, needs body - also those that target its predecessors, as far as they came down to it by the day asked about
// column recommendation: Recommendation - the recommendation
// column number: text - its number as printed
// column target: Body|Office|Group|Inquiry - whom it targets; empty where no document says
// column state: list - none, none_by_target, answered_by_successor (by a body on the path of successions), answered_by_whole (by the body that the target was part or an office of on the day of the answer, such as the government for a department), not_shown (an answer to part of a set does not say to which), overdue
// column due: text - by when it was to be done, as documents say; overdue where the last of these days has passed
// column answered_by: entities - who answered, where others than the target did
// column inherited: text - where the target is a predecessor: whether what it was told came down, certain or possible
// column path: entities - from the predecessor to the body, in the order of successions
// column successions: list - each step on the path: when and how, as documents give it
// shown: size(state) > 0
CALL () {
  RETURN $body AS told, [] AS paths
  UNION
  WITH $body AS heir, $valid_at AS by_day
  WHERE $with_predecessors
  CALL predecessors(heir, by_day)
  RETURN told, paths
}
WITH collect({told: told, paths: paths}) AS inheritance
CALL (inheritance) {
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  OPTIONAL MATCH (t:Claim {subject: m.subject, predicate: 'TARGETS'})
  WHERE live(t)
  WITH m, t, p, inheritance
  WHERE $body IS NULL OR t.object IN [one IN inheritance | one.told]
  RETURN m.subject AS recommendation, t, p.id AS way, coalesce(head([one IN inheritance WHERE one.told = t.object | one.paths]), []) AS paths
  UNION
  UNWIND inheritance AS one
  WITH one.told AS told, one.paths AS paths
  MATCH (t:Claim {object: told, predicate: 'TARGETS'})
  WHERE $inquiry IS NULL AND t.subject STARTS WITH 'recommendation:' AND live(t)
  RETURN t.subject AS recommendation, t, null AS way, paths
  UNION
  WITH 1 AS everything
  WHERE $inquiry IS NULL AND $body IS NULL
  MATCH (t:Claim {predicate: 'TARGETS'})
  WHERE t.subject STARTS WITH 'recommendation:' AND live(t)
  RETURN t.subject AS recommendation, t, null AS way, [] AS paths
  UNION
  WITH 1 AS everything
  WHERE $inquiry IS NULL AND $body IS NULL
  MATCH (m:Claim {predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
    AND NOT EXISTS { MATCH (t:Claim {subject: m.subject, predicate: 'TARGETS'}) WHERE live(t) }
  RETURN m.subject AS recommendation, null AS t, null AS way, [] AS paths
}
WITH recommendation, t, way, paths ORDER BY t.id
WITH recommendation, t.object AS target, paths, collect(DISTINCT t) AS targets, collect(DISTINCT way) AS way
CALL (recommendation) {
  MATCH (m:Claim {subject: recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  WITH m ORDER BY m.id
  RETURN collect(m) AS made
}
CALL (made) {
  UNWIND made AS m
  MATCH (d:Claim {subject: m.object, predicate: 'published'})
  WHERE $with_predecessors AND live(d)
  WITH d ORDER BY d.value_earliest, d.id
  RETURN collect(d) AS days
}
WITH recommendation, target, targets, way, made, days, head(days) AS day, paths
WITH *, coalesce(day.value_earliest, date('0001-01-02')) AS since, [p IN paths WHERE day IS NULL OR day.value_earliest <= p.until] AS open_paths
WITH *, head([p IN open_paths WHERE NOT p.is_open AND p.moved < since]) AS certain_path
WHERE $body IS NULL OR target = $body OR size(open_paths) > 0
WITH recommendation, target, targets, way, made, days, coalesce(certain_path, head(open_paths)) AS line,
     CASE WHEN size(open_paths) = 0 THEN null WHEN certain_path IS NULL THEN 'possible' ELSE 'certain' END AS inherited
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
CALL (r) {
  OPTIONAL MATCH (w:Claim {subject: r.subject, predicate: 'date'})
  WHERE live(w)
  WITH min(w.value_earliest) AS earliest, max(w.value_latest) AS latest, collect(w.id) AS dating
  RETURN coalesce(earliest, r.from_earliest) AS first_day, coalesce(latest, r.from_latest) AS last_day, dating
}
WITH recommendation, target, targets, way, made, days, line, inherited, r, says_which, b, first_day, last_day, dating ORDER BY r.id, b.object, b.id
WITH recommendation, target, targets, way, made, days, line, inherited,
     collect(CASE WHEN r IS NOT NULL THEN {r: r, b: b, which: coalesce(says_which, false), first_day: first_day, last_day: last_day, dating: dating} END) AS answers
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
WITH *, reduce(found = [], whole IN wholes | found + [a IN answers WHERE a.which AND a.b.object = whole.body
       AND all(l IN whole.links WHERE l.from_earliest <= a.last_day AND l.until_latest > a.first_day) | {links: whole.links, dating: a.dating}]) AS answering
CALL (recommendation) {
  OPTIONAL MATCH (s:Claim {object: recommendation, predicate: 'SERVES'})
  WHERE live(s) AND s.stage = 'done'
  RETURN collect(s.id) AS done
}
CALL (recommendation) {
  OPTIONAL MATCH (n:Claim {subject: recommendation, predicate: 'number'})
  WHERE live(n)
  WITH n ORDER BY n.value_text, n.id
  RETURN collect(n) AS numbers
}
WITH *, COLLECT { UNWIND targets AS t WITH t WHERE t.due IS NOT NULL RETURN DISTINCT t.due AS one_due ORDER BY one_due } AS dues
WITH *, CASE WHEN size([a IN answers WHERE a.which]) = 0 AND size(answers) > 0 THEN ['not_shown']
             WHEN size(answers) = 0 THEN ['none']
             WHEN target IS NULL OR any(a IN answers WHERE a.which AND a.b.object = target) THEN []
             WHEN any(a IN answers WHERE a.which AND a.b.object IN line.entities) THEN ['answered_by_successor']
             WHEN size(answering) > 0 THEN ['answered_by_whole'] ELSE ['none_by_target'] END +
        CASE WHEN size(dues) > 0 AND size(done) = 0 AND all(one_due IN dues WHERE $valid_at > CASE size(one_due)
               WHEN 4 THEN date(one_due + '-12-31') WHEN 7 THEN date(one_due + '-01') + duration('P1M') - duration('P1D')
               ELSE date(one_due) END) THEN ['overdue'] ELSE [] END AS state
RETURN recommendation, reduce(text = null, n IN numbers | CASE WHEN text IS NULL THEN n.value_text WHEN n.value_text IN split(text, ' or ') THEN text ELSE text + ' or ' + n.value_text END) AS number, target, state,
       reduce(text = null, one_due IN dues | CASE WHEN text IS NULL THEN one_due ELSE text + ' or ' + one_due END) AS due,
       reduce(known = [], a IN answers | CASE WHEN a.b IS NULL OR a.b.object IN known THEN known ELSE known + a.b.object END) AS answered_by,
       inherited, coalesce(line.entities, []) AS path, coalesce(line.steps, []) AS successions,
       [t IN targets | t.id] + way + [m IN made | m.id] + CASE WHEN line IS NULL THEN [] ELSE [d IN days | d.id] + line.claims END + reduce(ids = [], a IN answers | ids + [id IN [a.r.id, a.b.id] WHERE id IS NOT NULL AND NOT id IN ids])
         + reduce(ids = [], whole IN CASE WHEN 'answered_by_whole' IN state THEN answering ELSE [] END | ids + [l IN whole.links WHERE NOT l.id IN ids | l.id] + [id IN whole.dating WHERE NOT id IN ids])
         + CASE WHEN size(dues) > 0 THEN done ELSE [] END + [n IN numbers | n.id] AS claims
ORDER BY size(recommendation), recommendation, target
