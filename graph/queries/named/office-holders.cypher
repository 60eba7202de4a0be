// Who held an office, or any office of a body, on a day or over time, for certain or possibly?
// valid time: parameter
// parameter office: Office - the office, by id or name
// parameter body: Body - any office of this body
// parameter from: date - over time: from this day, instead of on the day asked about
// parameter until: date - over time: until the day before this one
// column office: Office - the office
// column person: Person - who held it; empty where the loaded documents name nobody
// column held: text - certain, possible or unknown
// column since: text - the start as a document gives it
// column until: text - the end as a document gives it; empty where it is open
// column acting: text - whether acting or temporary
// column interim: text - whether as an interim
// column disputed: boolean - whether documents give this term other dates
CALL () {
  MATCH (e:Office {id: $office})
  RETURN e.id AS office, [] AS way
  UNION
  MATCH (o:Claim {object: $body, predicate: 'OFFICE_OF'})
  WHERE live(o) AND o.from_earliest < coalesce($until, $valid_at + duration('P1D')) AND o.until_latest > coalesce($from, $valid_at)
  RETURN o.subject AS office, collect(o.id) AS way
}
WITH office, way, coalesce($from, $valid_at) AS first_day,
     CASE WHEN $from IS NULL AND $until IS NULL THEN $valid_at + duration('P1D') ELSE coalesce($until, date('9999-12-31')) END AS end_day,
     $from IS NULL AND $until IS NULL AS one_day
OPTIONAL MATCH (h:Claim {object: office, predicate: 'HELD'})
WHERE live(h) AND h.from_earliest < end_day AND h.until_latest > first_day
WITH office, way, first_day, end_day, one_day, h ORDER BY h.from_earliest, h.id
WITH office, way, first_day, end_day, one_day, collect(h) AS terms
CALL (terms) {
  UNWIND CASE WHEN size(terms) = 0 THEN [null] ELSE terms END AS h
  RETURN h, [other IN terms WHERE other.subject = h.subject AND disagree(h, other)] AS rivals
}
RETURN office, h.subject AS person,
       CASE WHEN h IS NULL THEN 'unknown'
            WHEN one_day AND h.from_latest <= first_day AND first_day < h.until_earliest THEN 'certain'
            WHEN NOT one_day AND h.from_latest < h.until_earliest AND h.from_latest < end_day AND h.until_earliest > first_day THEN 'certain'
            ELSE 'possible' END AS held,
       coalesce(h.on_text, h.from_text) AS since, CASE WHEN h.on_text IS NULL THEN h.until_text ELSE 'that day' END AS until,
       h.acting AS acting, h.interim AS interim, size(rivals) > 0 AS disputed,
       CASE WHEN h IS NULL THEN way ELSE [h.id] + [r IN rivals | r.id] + way END AS claims
ORDER BY office, since, person, held, until
