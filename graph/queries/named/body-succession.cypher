// What came before and after a body?
// valid time: none
// parameter body: Body, required - the body
// column direction: text - predecessor or successor
// column step: integer - how many steps from the body
// column earlier: Body - the body that was succeeded
// column later: Body - the body that came after it
// column on: text - when, as a document gives it
// column how: text - renamed, merged, split or functions_moved
// column scope: text - which functions, where not all
// column instrument: text - the Act or order
// column certainty: text - `possible` where a split, a scope, a part of the functions, or several successors of which no document says how, leave open on the way which one answers; else `certain`
CALL () {
  MATCH (first:Claim {subject: $body, predicate: 'SUCCEEDED_BY'})
  WHERE live(first)
  MATCH (second:Body {id: first.object})
    (()<-[:SUBJECT]-(c:Claim WHERE c.predicate = 'SUCCEEDED_BY' AND live(c))-[:OBJECT]->(:Body)){0,7} ()
  WHERE NOT first IN c
  RETURN 'successor' AS direction, [first] + c AS steps
  UNION
  MATCH (first:Claim {object: $body, predicate: 'SUCCEEDED_BY'})
  WHERE live(first)
  MATCH (second:Body {id: first.subject})
    (()<-[:OBJECT]-(c:Claim WHERE c.predicate = 'SUCCEEDED_BY' AND live(c))-[:SUBJECT]->(:Body)){0,7} ()
  WHERE NOT first IN c
  RETURN 'predecessor' AS direction, [first] + c AS steps
}
WITH direction, size(steps) AS step, last(steps) AS c,
     any(s IN steps WHERE EXISTS {
       MATCH (one:Claim {subject: s.subject, predicate: 'SUCCEEDED_BY'})
       WHERE one.object = s.object AND (one.how IN ['split', 'functions_moved'] OR one.scope IS NOT NULL) AND live(one)
     } OR EXISTS {
       MATCH (other:Claim {subject: s.subject, predicate: 'SUCCEEDED_BY'})
       WHERE other.object <> s.object AND live(other) AND NOT EXISTS {
         MATCH (told:Claim {subject: s.subject, predicate: 'SUCCEEDED_BY'})
         WHERE told.object = s.object AND told.how IS NOT NULL AND live(told)
       }
     }) AS is_open
WITH direction, c.subject AS earlier, c.object AS later, c, min(step) AS step, min(CASE WHEN is_open THEN 1 ELSE 0 END) AS open
ORDER BY c.from_earliest, c.id
WITH direction, earlier, later, min(step) AS step, min(open) AS open, collect(c) AS links
RETURN direction, step, earlier, later, head([c IN links WHERE c.on_text IS NOT NULL | c.on_text]) AS on,
       head([c IN links WHERE c.how IS NOT NULL | c.how]) AS how, head([c IN links WHERE c.scope IS NOT NULL | c.scope]) AS scope,
       head([c IN links WHERE c.instrument IS NOT NULL | c.instrument]) AS instrument,
       CASE WHEN open = 1 THEN 'possible' ELSE 'certain' END AS certainty, [c IN links | c.id] AS claims
ORDER BY direction, step, on, earlier, later
