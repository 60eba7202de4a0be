// Which recommendations had to be made again, and was the earlier one already accepted then?
// valid time: none
// parameter inquiry: Inquiry - only chains in which this inquiry takes part
// parameter recommendation: Recommendation - only chains with this recommendation
// column later: Recommendation - the recommendation that repeats
// column earlier: Recommendation - the one that it repeats, directly or through others
// column steps: integer - over how many repetitions
// column how: list - in which way, from the later to the earlier
// column explicit: list - whether the later text itself says so
// column method: text - reading, where no document says in so many words that a step repeats
// column later_date: text - when the later one was made
// column earlier_date: text - when the earlier one was made
// column accepted_then: text - yes, yes (a reading), possibly (the day of the answer is not known well enough), no, or unknown where no dated answer is loaded
// column positions: list - the answers to the earlier one before the later was made, or perhaps before
CALL () {
  WITH 1 AS everything
  WHERE $inquiry IS NULL AND $recommendation IS NULL
  MATCH (first:Claim {predicate: 'REPEATS'})
  WHERE live(first)
  RETURN DISTINCT first.subject AS seed
  UNION
  WITH 1 AS one
  WHERE $recommendation IS NOT NULL
  RETURN $recommendation AS seed
  UNION
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE $recommendation IS NULL AND live(p)
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  RETURN DISTINCT m.subject AS seed
}
CALL (seed) {
  MATCH (start:Recommendation {id: seed})
  MATCH (start) (()<-[:SUBJECT]-(c:Claim WHERE c.predicate = 'REPEATS' AND live(c))-[:OBJECT]->(:Recommendation)){1,6} (end)
  RETURN start.id AS later, end.id AS earlier, c AS links
  UNION
  MATCH (start:Recommendation {id: seed})
  WHERE $inquiry IS NOT NULL OR $recommendation IS NOT NULL
  MATCH (start) (()<-[:OBJECT]-(c:Claim WHERE c.predicate = 'REPEATS' AND live(c))-[:SUBJECT]->(:Recommendation)){1,6} (end)
  RETURN end.id AS later, start.id AS earlier, reverse(c) AS links
}
WITH DISTINCT later, earlier, links
WHERE later <> earlier
WITH later, earlier, links ORDER BY size(links), [l IN links | l.id]
WITH later, earlier, head(collect(links)) AS links
WHERE $recommendation IS NULL OR later = $recommendation OR earlier = $recommendation
CALL (later, earlier) {
  UNWIND [later, earlier] AS one
  OPTIONAL MATCH (m:Claim {subject: one, predicate: 'MADE_IN'})
  WHERE live(m)
  OPTIONAL MATCH (d:Claim {subject: m.object, predicate: 'published'})
  WHERE live(d)
  WITH one, m, d ORDER BY d.value_earliest, d.id
  RETURN collect({one: one, m: m, d: d}) AS made
}
WITH later, earlier, links, made,
     head([x IN made WHERE x.one = later AND x.d IS NOT NULL | x.d]) AS later_day,
     head([x IN made WHERE x.one = earlier AND x.d IS NOT NULL | x.d]) AS earlier_day,
     [x IN made WHERE x.one = earlier AND x.m IS NOT NULL | x.m.object] AS reports
CALL (later, earlier) {
  OPTIONAL MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  OPTIONAL MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject IN [later, earlier] AND live(m)
  RETURN count(m) > 0 AS is_of_inquiry
}
WITH *
WHERE $inquiry IS NULL OR is_of_inquiry
CALL (earlier, reports, later_day) {
  MATCH (r:Claim {object: earlier, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN r, false AS blanket
  UNION
  UNWIND reports AS report
  MATCH (r:Claim {object: report, predicate: 'RESPONDS_TO'})
  WHERE r.count = r.of AND live(r)
  RETURN r, true AS blanket
  UNION
  RETURN null AS r, false AS blanket
}
OPTIONAL MATCH (day:Claim {subject: r.subject, predicate: 'date'})
WHERE live(day)
WITH later, earlier, links, made, later_day, earlier_day, r, blanket, day ORDER BY day.value_earliest, day.id
WITH later, earlier, links, made, later_day, earlier_day, r, blanket, collect(day) AS days
WITH *, any(day IN days WHERE day.value_earliest < later_day.value_latest) AS may_be_before,
     all(day IN days WHERE day.value_latest < later_day.value_earliest) AS is_before
ORDER BY head(days).value_earliest, r.id
WITH later, earlier, links, made, later_day, earlier_day,
     collect(CASE WHEN may_be_before THEN {r: r, days: days, blanket: blanket, is_before: is_before} END) AS answers
RETURN later, earlier, size(links) AS steps, [l IN links | coalesce(l.how, 'not said')] AS how, [l IN links | coalesce(l.explicit, 'not said')] AS explicit,
       CASE WHEN any(l IN links WHERE l.method = 'reading') THEN 'reading' ELSE 'stated' END AS method,
       later_day.value_text AS later_date, earlier_day.value_text AS earlier_date,
       CASE WHEN any(x IN answers WHERE x.is_before AND x.r.position = 'accepted' AND x.r.method <> 'reading') THEN 'yes'
            WHEN any(x IN answers WHERE x.is_before AND x.r.position = 'accepted') THEN 'yes (a reading)'
            WHEN any(x IN answers WHERE x.r.position = 'accepted') THEN 'possibly'
            WHEN any(x IN answers WHERE x.is_before) THEN 'no' ELSE 'unknown' END AS accepted_then,
       [x IN answers | reduce(text = null, d IN x.days | CASE WHEN text IS NULL THEN d.value_text WHEN d.value_text IN split(text, ' or ') THEN text ELSE text + ' or ' + d.value_text END)
         + ' ' + coalesce(x.r.position, 'no position') + CASE WHEN x.blanket THEN ' (all)' ELSE '' END
         + CASE WHEN x.is_before THEN '' ELSE ' (perhaps later)' END] AS positions,
       [l IN links | l.id] + reduce(ids = [], x IN answers | ids + [x.r.id] + [d IN x.days | d.id]) + reduce(ids = [], x IN made | ids + [id IN [x.m.id, x.d.id] WHERE id IS NOT NULL]) AS claims
ORDER BY later, steps, earlier
