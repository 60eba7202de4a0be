// What happened around a body, place, inquiry, person or office, in order?
// valid time: none
// parameter entity: entity, required - the body, place, inquiry, person or office
// parameter from: date - only what can have happened on this day or later
// parameter until: date - only what can have happened before this day
// column date: text - as a document gives it; empty where none does
// column earliest: date - the first day it can mean
// column latest: date - the last day it can mean
// column what: text - how the entity takes part, as a relationship
// column item: entity - the decision, event, document, office, recommendation, action or inquiry
// column role: text - in which part, where a document says so
CALL () {
  MATCH (c:Claim)
  WHERE c.object = $entity AND c.predicate IN ['MADE_BY', 'CONCERNS', 'ADDRESSED_TO', 'INVOLVED', 'OCCURRED_IN', 'PUBLISHED_BY',
    'WRITTEN_BY', 'COMMISSIONED_BY', 'REQUESTED_BY', 'LED_BY', 'EXAMINES', 'CARRIED_OUT_BY', 'ASSESSED_BY', 'TARGETS', 'HELD',
    'SUCCEEDED_BY', 'REPLACES', 'FOLLOWS'] AND live(c)
  RETURN c, c.subject AS item
  UNION
  MATCH (c:Claim)
  WHERE c.subject = $entity AND c.predicate IN ['HELD', 'PRODUCED', 'COMMISSIONED_BY', 'REQUESTED_BY', 'LED_BY', 'SUCCEEDED_BY',
    'REPLACES', 'FOLLOWS'] AND live(c)
  RETURN c, c.object AS item
}
CALL (c, item) {
  WITH c, item
  WHERE c.predicate IN ['HELD', 'LED_BY'] AND c.on_text IS NULL AND (c.from_text IS NOT NULL OR c.until_text IS NOT NULL)
  UNWIND [x IN [{text: c.from_text, first: c.from_earliest, last: c.from_latest, end: ' begins'},
                {text: c.until_text, first: c.until_earliest, last: c.until_latest, end: ' ends'}]
          WHERE x.text IS NOT NULL AND x.text <> 'unknown'] AS x
  RETURN x.text AS date, x.first AS earliest, x.last AS latest, x.end AS suffix, [] AS way
  UNION
  WITH c, item
  WHERE c.predicate IN ['HELD', 'LED_BY'] AND c.on_text IS NOT NULL
  RETURN c.on_text AS date, c.until_earliest - duration('P1D') AS earliest, c.from_latest AS latest,
         CASE size(c.on_text) WHEN 4 THEN ' in that year' WHEN 7 THEN ' in that month' ELSE ' on that day' END AS suffix, [] AS way
  UNION
  WITH c, item
  WHERE NOT c.predicate IN ['HELD', 'LED_BY'] AND c.on_text <> 'unknown'
  RETURN c.on_text AS date, c.from_earliest AS earliest, c.from_latest AS latest, '' AS suffix, [] AS way
  UNION
  MATCH (d:Claim)
  WHERE d.subject = item AND d.predicate IN ['date', 'published'] AND NOT c.predicate IN ['HELD', 'LED_BY'] AND coalesce(c.on_text, 'unknown') = 'unknown' AND live(d)
  RETURN d.value_text AS date, d.value_earliest AS earliest, d.value_latest AS latest, '' AS suffix, [d.id] AS way
  UNION
  MATCH (m:Claim {subject: item, predicate: 'MADE_IN'})
  WHERE c.predicate IN ['TARGETS', 'CONCERNS'] AND live(m)
  MATCH (d:Claim {subject: m.object, predicate: 'published'})
  WHERE live(d)
  RETURN d.value_text AS date, d.value_earliest AS earliest, d.value_latest AS latest, '' AS suffix, [m.id, d.id] AS way
  UNION
  RETURN null AS date, null AS earliest, null AS latest, '' AS suffix, [] AS way
}
WITH c.predicate + suffix AS what, item, c, date, earliest, latest, way ORDER BY c.id
WITH what, item, date, earliest, latest, collect(DISTINCT c) AS links, collect(way) AS ways
WITH item, collect({what: what, date: date, earliest: earliest, latest: latest, links: links, ways: ways}) AS group
UNWIND group AS g
WITH item, g, group
WHERE (g.date IS NOT NULL OR NOT any(o IN group WHERE o.date IS NOT NULL AND split(o.what, ' ')[0] = split(g.what, ' ')[0]))
  AND ($from IS NULL OR g.latest IS NULL OR g.latest >= $from) AND ($until IS NULL OR g.earliest IS NULL OR g.earliest < $until)
RETURN g.date AS date, g.earliest AS earliest, g.latest AS latest, g.what AS what, item,
       head([l IN g.links WHERE l.role IS NOT NULL | l.role]) AS role,
       [l IN g.links | l.id] + reduce(ids = [], way IN g.ways | ids + [id IN way WHERE NOT id IN ids]) AS claims
ORDER BY earliest IS NULL, earliest, latest, what, item, date
