// Which recommendations are there: to whom, from which inquiry, on what, and with which answers?
// valid time: none
// parameter inquiry: Inquiry - only recommendations of this inquiry
// parameter target: Body|Office|Group - only those that target this one, an office of it, or a class that it was in when they were made
// parameter with_predecessors: boolean, default no, needs target - also those that target its predecessors, as far as they came down to it
// parameter topic: Topic - only those about this topic
// parameter position: position - only those with an answer of this position
// parameter responder: Body|Office|Person|Inquiry - only those that this one answered; with a position, in that position
// parameter assessor: Body|Person|Inquiry - only those of which this one said what has become
// parameter repeated: boolean - yes: only those that another one repeats; no: only those that none repeats
// parameter unanswered: boolean - yes: only those to which no answer is loaded; no: only those with one
// parameter disputed: boolean - yes: only those on which documents contradict each other; no: only the others
// parameter from: date - only those that can have been made on this day or later
// parameter until: date - only those that can have been made before this day
// column recommendation: Recommendation - the recommendation
// column number: text - its number as printed
// column date: text - when it was made: when the first of its documents was published
// column documents: entities - where it is made
// column inquiry: entities - the inquiries that produced these
// column targets: entities - whom it targets
// column told: text - where a target is asked about: whether that one was told, certain, possible or unknown (no date says who was in the class then)
// column reached: list - in which way: by_name, by_office, as_member or from_predecessor
// column answers: integer - how many answers to it are loaded, with those to a whole set of which it is one
// column positions: list - their positions
// column stages: list - the stages to which judgements of it are mapped
// column repeated_by: entities - the recommendations that repeat it
// column disputed: boolean - whether documents contradict each other on it, its targets, or an answer to it
// shown: ($unanswered IS NULL OR $unanswered = (answers = 0)) AND ($repeated IS NULL OR $repeated = (size(repeated_by) > 0)) AND ($disputed IS NULL OR $disputed = disputed)
CALL () {
  WITH 1 AS everything
  WHERE $target IS NULL AND $inquiry IS NULL AND $topic IS NULL
  MATCH (e:Recommendation)
  RETURN e.id AS recommendation, null AS way
  UNION
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE $target IS NULL AND live(p)
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  RETURN m.subject AS recommendation, null AS way
  UNION
  MATCH (a:Claim {object: $topic, predicate: 'ABOUT'})
  WHERE $target IS NULL AND $inquiry IS NULL AND a.subject STARTS WITH 'recommendation:' AND live(a)
  RETURN a.subject AS recommendation, null AS way
  UNION
  CALL () {
    WITH $target AS told
    WHERE told IS NOT NULL
    RETURN told, [] AS paths
    UNION
    WITH $target AS heir, null AS by_day
    WHERE $with_predecessors
    CALL predecessors(heir, by_day)
    RETURN told, paths
  }
  CALL (told) {
    RETURN told AS through, 'by_name' AS how, [] AS steps
    UNION
    MATCH (o:Claim {object: told, predicate: 'OFFICE_OF'})
    WHERE live(o)
    RETURN o.subject AS through, 'by_office' AS how, [o] AS steps
    UNION
    MATCH (g:Claim {subject: told, predicate: 'MEMBER_OF'})
    WHERE live(g)
    RETURN g.object AS through, 'as_member' AS how, [g] AS steps
    UNION
    MATCH (g:Claim {subject: told, predicate: 'MEMBER_OF'})
    WHERE live(g)
    MATCH (h:Claim {subject: g.object, predicate: 'MEMBER_OF'})
    WHERE live(h)
    RETURN h.object AS through, 'as_member' AS how, [g, h] AS steps
    UNION
    MATCH (o:Claim {object: told, predicate: 'OFFICE_OF'})
    WHERE live(o)
    MATCH (g:Claim {subject: o.subject, predicate: 'MEMBER_OF'})
    WHERE live(g)
    RETURN g.object AS through, 'as_member' AS how, [o, g] AS steps
  }
  MATCH (t:Claim {object: through, predicate: 'TARGETS'})
  WHERE t.subject STARTS WITH 'recommendation:' AND live(t)
  RETURN t.subject AS recommendation, {told: told, paths: paths, how: how, steps: steps, t: t} AS way
}
WITH recommendation, collect(way) AS ways
CALL (recommendation) {
  OPTIONAL MATCH (m:Claim {subject: recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  WITH m ORDER BY m.object, m.id
  RETURN collect(m) AS made
}
CALL (made) {
  UNWIND made AS m
  MATCH (d:Claim {subject: m.object, predicate: 'published'})
  WHERE live(d)
  WITH DISTINCT d ORDER BY d.value_earliest, d.id
  RETURN collect(d) AS days
}
CALL (made) {
  UNWIND made AS m
  MATCH (p:Claim {object: m.object, predicate: 'PRODUCED'})
  WHERE live(p)
  WITH DISTINCT p ORDER BY p.subject, p.id
  RETURN collect(p) AS produced
}
CALL (recommendation) {
  OPTIONAL MATCH (a:Claim {subject: recommendation, predicate: 'ABOUT'})
  WHERE a.object = $topic AND live(a)
  WITH a ORDER BY a.id
  RETURN collect(a.id) AS about
}
WITH *, head(days) AS day
WHERE ($inquiry IS NULL OR any(p IN produced WHERE p.subject = $inquiry)) AND ($topic IS NULL OR size(about) > 0)
  AND ($from IS NULL OR day IS NULL OR day.value_latest >= $from) AND ($until IS NULL OR day IS NULL OR day.value_earliest < $until)
CALL (ways, day) {
  UNWIND ways AS way
  WITH way, day, [p IN way.paths WHERE day IS NULL OR day.value_earliest <= p.until] AS open_paths
  WITH way, day, open_paths, head([p IN open_paths WHERE NOT p.is_open AND p.moved < coalesce(day.value_earliest, date('0001-01-02'))]) AS certain_path
  WHERE way.told = $target OR size(open_paths) > 0
  WITH way, coalesce(certain_path, head(open_paths)) AS line,
       CASE WHEN way.told = $target OR certain_path IS NOT NULL THEN 0 ELSE 1 END AS inherited,
       CASE WHEN size(way.steps) = 0 THEN 0 WHEN day IS NULL THEN 2
            WHEN all(s IN way.steps WHERE s.from_latest <= day.value_earliest AND day.value_latest < s.until_earliest) THEN 0
            WHEN all(s IN way.steps WHERE s.from_earliest <= day.value_latest AND day.value_earliest < s.until_latest) THEN 1
            ELSE 3 END AS membership
  WHERE membership < 3
  WITH way, line, CASE WHEN membership > inherited THEN membership ELSE inherited END AS doubt
  ORDER BY doubt, way.how, way.t.id
  RETURN collect(CASE WHEN way.told = $target THEN way.how ELSE 'from_predecessor' END) AS hows, min(doubt) AS doubt,
         reduce(ids = [], some IN collect([way.t.id] + [s IN way.steps | s.id] + coalesce(line.claims, [])) | ids + some) AS reasons
}
WITH *
WHERE $target IS NULL OR doubt IS NOT NULL
CALL (recommendation) {
  OPTIONAL MATCH (t:Claim {subject: recommendation, predicate: 'TARGETS'})
  WHERE live(t)
  WITH t ORDER BY t.object, t.id
  RETURN collect(t) AS links
}
CALL (recommendation, made) {
  CALL (recommendation, made) {
    MATCH (r:Claim {object: recommendation, predicate: 'RESPONDS_TO'})
    WHERE live(r)
    RETURN r
    UNION
    UNWIND made AS m
    MATCH (r:Claim {object: m.object, predicate: 'RESPONDS_TO'})
    WHERE r.count = r.of AND live(r)
    RETURN r
  }
  OPTIONAL MATCH (b:Claim {subject: r.subject, predicate: 'MADE_BY'})
  WHERE live(b)
  WITH r, b ORDER BY r.position, r.id, b.id
  RETURN collect({r: r, b: b}) AS heard
}
WITH *
WHERE ($position IS NULL AND $responder IS NULL)
   OR any(x IN heard WHERE ($position IS NULL OR x.r.position = $position) AND ($responder IS NULL OR x.b.object = $responder))
CALL (recommendation, made) {
  CALL (recommendation, made) {
    MATCH (a:Claim {object: recommendation, predicate: 'ASSESSES'})
    WHERE live(a)
    RETURN a
    UNION
    UNWIND made AS m
    MATCH (a:Claim {object: m.object, predicate: 'ASSESSES'})
    WHERE a.count = a.of AND live(a)
    RETURN a
  }
  OPTIONAL MATCH (v:Claim)
  WHERE v.subject = a.subject AND v.predicate IN ['stage', 'ASSESSED_BY'] AND live(v)
  WITH a, v ORDER BY v.value_text, a.id, v.id
  RETURN collect({a: a, v: v}) AS judged
}
WITH *
WHERE $assessor IS NULL OR any(x IN judged WHERE x.v.object = $assessor)
CALL (recommendation) {
  OPTIONAL MATCH (p:Claim {object: recommendation, predicate: 'REPEATS'})
  WHERE live(p)
  WITH p ORDER BY p.subject, p.id
  RETURN collect(p) AS repeats
}
CALL (recommendation) {
  MATCH (x:Claim)
  WHERE x.subject = recommendation AND x.predicate IS NOT NULL AND x.contested AND live(x)
  MATCH (y:Claim {subject: recommendation, predicate: x.predicate})
  WHERE live(y) AND disagree(x, y)
  RETURN x.id AS rival
  UNION
  MATCH (x:Claim {object: recommendation, predicate: 'RESPONDS_TO'})
  WHERE x.contested AND live(x)
  MATCH (y:Claim {subject: x.subject, predicate: 'RESPONDS_TO'})
  WHERE y.object = recommendation AND live(y) AND disagree(x, y)
  RETURN x.id AS rival
  UNION
  RETURN null AS rival
}
WITH recommendation, made, days, day, produced, about, hows, doubt, reasons, links, heard, judged, repeats, rival ORDER BY rival
WITH recommendation, made, days, day, produced, about, hows, doubt, reasons, links, heard, judged, repeats, collect(rival) AS rivals
CALL (recommendation) {
  OPTIONAL MATCH (n:Claim {subject: recommendation, predicate: 'number'})
  WHERE live(n)
  WITH n ORDER BY n.value_text, n.id
  RETURN collect(n) AS numbers
}
RETURN recommendation,
       reduce(text = null, n IN numbers | CASE WHEN text IS NULL THEN n.value_text WHEN n.value_text IN split(text, ' or ') THEN text ELSE text + ' or ' + n.value_text END) AS number,
       day.value_text AS date,
       reduce(known = [], m IN made | CASE WHEN m.object IN known THEN known ELSE known + m.object END) AS documents,
       reduce(known = [], p IN produced | CASE WHEN p.subject IN known THEN known ELSE known + p.subject END) AS inquiry,
       reduce(known = [], t IN links | CASE WHEN t.object IN known THEN known ELSE known + t.object END) AS targets,
       CASE doubt WHEN 0 THEN 'certain' WHEN 1 THEN 'possible' WHEN 2 THEN 'unknown' END AS told,
       reduce(known = [], how IN hows | CASE WHEN how IN known THEN known ELSE known + how END) AS reached,
       size(reduce(known = [], x IN heard | CASE WHEN x.r.subject IN known THEN known ELSE known + x.r.subject END)) AS answers,
       reduce(known = [], x IN heard | CASE WHEN x.r.position IS NULL OR x.r.position IN known THEN known ELSE known + x.r.position END) AS positions,
       reduce(known = [], x IN judged | CASE WHEN x.v.predicate <> 'stage' OR x.v.value_text IS NULL OR x.v.value_text IN known THEN known ELSE known + x.v.value_text END) AS stages,
       reduce(known = [], p IN repeats | CASE WHEN p.subject IN known THEN known ELSE known + p.subject END) AS repeated_by,
       size(rivals) > 0 AS disputed,
       [m IN made | m.id] + [d IN days | d.id] + [p IN produced | p.id] + about + reasons + [t IN links | t.id] + [n IN numbers | n.id]
         + reduce(ids = [], x IN heard + judged | ids + [one IN [x.r.id, x.b.id, x.a.id, x.v.id] WHERE one IS NOT NULL AND NOT one IN ids])
         + [p IN repeats | p.id] + rivals AS claims
ORDER BY date IS NULL, date, size(recommendation), recommendation
