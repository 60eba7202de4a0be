// Which inquiries, audits and reviews are there, who ordered and led them, and what did they bring forth?
// valid time: none
// parameter form: inquiry_form - only this kind of inquiry
// parameter body: Body|Group|Office|Person - only inquiries that this one asked for, ordered or led, or that examine it
// parameter place: Place - only those that examine this place
// parameter topic: Topic - only those that examine it or are about it
// parameter from: date - only those that can have gone on, or been announced, on this day or later
// parameter until: date - only those that can have begun, or been announced, before this day
// column inquiry: Inquiry - the inquiry
// column form: list - what kind it is
// column announced: list - when it was announced, as documents say
// column started: list - when it was set up or began
// column ended: list - when it ended
// column requested_by: entities - who asked for it
// column commissioned_by: entities - who ordered it
// column led_by: entities - who chaired it, reviewed for it or sat on its panel
// column examines: entities - what it looks at
// column documents: entities - the documents that it produced
// column recommendations: integer - how many of their recommendations are loaded; `coverage` says how many there are
CALL () {
  WITH 1 AS everything
  WHERE $body IS NULL AND $place IS NULL AND $topic IS NULL
  MATCH (i:Inquiry)
  RETURN i.id AS inquiry
  UNION
  UNWIND [$body, $place, $topic] AS matter
  MATCH (c:Claim)
  WHERE c.object = matter AND c.predicate IN ['REQUESTED_BY', 'COMMISSIONED_BY', 'LED_BY', 'EXAMINES', 'ABOUT']
    AND c.subject STARTS WITH 'inquiry:' AND live(c)
  RETURN DISTINCT c.subject AS inquiry
}
CALL (inquiry) {
  MATCH (v:Claim)
  WHERE v.subject = inquiry AND v.predicate IN ['name', 'kind', 'form', 'announced', 'started', 'ended', 'REQUESTED_BY', 'COMMISSIONED_BY',
    'LED_BY', 'EXAMINES', 'ABOUT', 'PRODUCED'] AND live(v)
  WITH v ORDER BY v.value_earliest, v.value_text, v.object, v.id
  RETURN collect(v) AS about
}
WITH *
WHERE ($form IS NULL OR any(v IN about WHERE v.predicate = 'form' AND v.value_text = $form))
  AND ($body IS NULL OR any(v IN about WHERE v.predicate IN ['REQUESTED_BY', 'COMMISSIONED_BY', 'LED_BY', 'EXAMINES'] AND v.object = $body))
  AND ($place IS NULL OR any(v IN about WHERE v.predicate = 'EXAMINES' AND v.object = $place))
  AND ($topic IS NULL OR any(v IN about WHERE v.predicate IN ['EXAMINES', 'ABOUT'] AND v.object = $topic))
  AND ($from IS NULL OR NOT any(v IN about WHERE v.predicate = 'ended') OR any(v IN about WHERE v.predicate = 'ended' AND v.value_latest >= $from))
  AND ($until IS NULL OR NOT any(v IN about WHERE v.predicate IN ['announced', 'started'])
    OR any(v IN about WHERE v.predicate IN ['announced', 'started'] AND v.value_earliest < $until))
CALL (about) {
  UNWIND [v IN about WHERE v.predicate = 'PRODUCED'] AS p
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  WITH DISTINCT m ORDER BY m.id
  WITH m.subject AS recommendation, head(collect(m.id)) AS one
  RETURN count(recommendation) AS recommendations, collect(one) AS made
}
RETURN inquiry,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'form' OR v.value_text IN known THEN known ELSE known + v.value_text END) AS form,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'announced' OR v.value_text IN known THEN known ELSE known + v.value_text END) AS announced,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'started' OR v.value_text IN known THEN known ELSE known + v.value_text END) AS started,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'ended' OR v.value_text IN known THEN known ELSE known + v.value_text END) AS ended,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'REQUESTED_BY' OR v.object IN known THEN known ELSE known + v.object END) AS requested_by,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'COMMISSIONED_BY' OR v.object IN known THEN known ELSE known + v.object END) AS commissioned_by,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'LED_BY' OR v.object IN known THEN known ELSE known + v.object END) AS led_by,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'EXAMINES' OR v.object IN known THEN known ELSE known + v.object END) AS examines,
       reduce(known = [], v IN about | CASE WHEN v.predicate <> 'PRODUCED' OR v.object IN known THEN known ELSE known + v.object END) AS documents,
       recommendations, [v IN about | v.id] + made AS claims
ORDER BY inquiry
