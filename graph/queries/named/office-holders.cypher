// Who held an office, or any office of a body, on a day or over time, for certain or possibly?
// valid time: parameter
// parameter office: Office - the office, by id or name
// parameter body: Body - any office of this body
// needs one of: office, body
// parameter from: date - over time: from this day on, instead of on the day asked about; without, from the beginning
// parameter until: date - over time: until the day before this one; without, to the end
// column office: Office - the office
// column person: Person - who held it; empty where the loaded documents name nobody
// column held: text - certain, possible or unknown
// column since: text - the start of the term, as the document gives it that says it most precisely
// column until: text - the end likewise; empty where no document gives one
// column still_on: date - where no document gives an end, the last day for which one says that the term went on; any later day is only possible
// column end_before_start: boolean - whether a document lets the term end before it starts: kept as given, and certain on no day
// column seen_on: list - days of which a document says that this person held the office then
// column acting: text - whether acting or temporary
// column interim: text - whether as an interim
// column on_leave: text - whether on leave while holding it
// column disputed: boolean - whether documents give this term other dates
// column of_body: text - where a body is asked about: whether the office was one of it then, certain or possible
WITH $from IS NULL AND $until IS NULL AS one_day
WITH one_day, CASE WHEN one_day THEN $valid_at ELSE coalesce($from, date('0001-01-01')) END AS first_day,
     CASE WHEN one_day THEN $valid_at + duration('P1D') ELSE coalesce($until, date('9999-12-31')) END AS end_day
CALL (first_day, end_day) {
  MATCH (n:Claim {subject: $office})
  WHERE n.predicate IN ['name', 'OFFICE_OF', 'kind'] AND live(n)
  WITH n ORDER BY n.id
  RETURN n.subject AS office, collect(n.id) AS way, null AS post
  UNION
  MATCH (h:Claim {object: $office, predicate: 'HELD'})
  RETURN DISTINCT h.object AS office, [] AS way, null AS post
  UNION
  MATCH (o:Claim {object: $body, predicate: 'OFFICE_OF'})
  WHERE live(o) AND o.from_earliest < end_day AND o.until_latest > first_day
  RETURN o.subject AS office, collect(o.id) AS way,
         max(CASE WHEN o.from_latest < o.until_earliest AND o.from_latest < end_day AND o.until_earliest > first_day THEN 1 ELSE 0 END) AS post
}
WITH one_day, first_day, end_day, office, max(post) AS post, reduce(ids = [], w IN collect(way) | ids + [id IN w WHERE NOT id IN ids]) AS way
OPTIONAL MATCH (h:Claim {object: office, predicate: 'HELD'})
WHERE h.deprecated IS NULL AND live(h)
WITH office, way, post, first_day, end_day, one_day, h ORDER BY h.from_earliest, h.id
WITH office, way, post, first_day, end_day, one_day, collect(h) AS everybody
OPTIONAL CALL (everybody, first_day, end_day) {
  UNWIND everybody AS h
  WITH h, everybody, first_day, end_day, [o IN everybody WHERE same_term(h, o)] AS peers
  WHERE all(o IN peers WHERE o.from_earliest < end_day AND o.until_latest > first_day)
  WITH h, [o IN everybody WHERE o.subject = h.subject AND disagree(h, o)] AS rivals,
       any(p IN peers WHERE any(q IN peers WHERE spans(p, q) AND p.from_latest < q.until_earliest
         AND p.from_latest < end_day AND q.until_earliest > first_day)) AS is_certain,
       reduce(last = date('0001-01-01'), o IN peers | CASE WHEN o.until_earliest > last AND (o.from_latest < o.until_earliest
         OR (is_dated(o) AND o.until_earliest > o.from_earliest)) THEN o.until_earliest ELSE last END) AS went_on,
       [o IN peers | o.id] AS behind,
       reduce(day = h.from_earliest, o IN peers | CASE WHEN o.from_earliest > day THEN o.from_earliest ELSE day END) AS from_earliest,
       reduce(day = h.until_latest, o IN peers | CASE WHEN o.until_latest < day THEN o.until_latest ELSE day END) AS until_latest
  ORDER BY duration.inDays(h.from_earliest, h.from_latest).days, h.from_earliest, h.id
  WITH h.subject AS person, h.acting AS acting, h.interim AS interim, h.on_leave AS on_leave, is_certain, went_on, from_earliest, until_latest,
       collect(h) AS terms, collect(behind) AS all_behind, collect(rivals) AS all_rivals
  RETURN person, acting, interim, on_leave, is_certain, went_on, terms, reduce(ids = [], some IN all_behind | ids + [id IN some WHERE NOT id IN ids]) AS behind,
         reduce(found = [], some IN all_rivals | found + [r IN some WHERE NOT r IN found]) AS rivals,
         head([t IN terms WHERE t.on_text IS NULL AND t.from_text IS NOT NULL | t.from_text]) AS since,
         head(COLLECT { UNWIND terms AS t WITH t WHERE t.on_text IS NULL AND t.until_text IS NOT NULL
           RETURN t.until_text ORDER BY duration.inDays(t.until_earliest, t.until_latest).days, t.id }) AS until,
         COLLECT { UNWIND terms AS t WITH t WHERE t.on_text IS NOT NULL RETURN DISTINCT t.on_text AS day ORDER BY day } AS seen_on
}
RETURN office, person,
       CASE WHEN person IS NULL THEN 'unknown'
            WHEN is_certain THEN 'certain'
            ELSE 'possible' END AS held,
       since, until, CASE WHEN until IS NULL AND went_on > date('0001-01-01') THEN went_on - duration('P1D') END AS still_on,
       CASE WHEN person IS NOT NULL THEN any(t IN terms WHERE t.dates_refused IS NOT NULL) END AS end_before_start,
       seen_on, acting, interim, on_leave, size(rivals) > 0 AS disputed,
       CASE post WHEN 1 THEN 'certain' WHEN 0 THEN 'possible' END AS of_body,
       coalesce(behind, []) + [r IN coalesce(rivals, []) | r.id] + way AS claims
ORDER BY office, since, person, held, until
