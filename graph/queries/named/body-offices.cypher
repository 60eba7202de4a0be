// Which offices does a body or an inquiry have on a day, for certain or possibly?
// valid time: parameter
// parameter body: Body|Inquiry, required - the body or inquiry
// column office: Office - the office
// column exists: text - whether it is an office of the body on that day: certain or possible
// column since: list - from when it is, as documents give it
// column until: list - until when
// column holders: entities - who is named as a holder on that day, for certain or possibly; `office-holders` says which
MATCH (o:Claim {object: $body, predicate: 'OFFICE_OF'})
WHERE o.from_earliest <= $valid_at AND o.until_latest > $valid_at AND live(o)
WITH o ORDER BY o.id
WITH o.subject AS office, collect(o) AS posts
CALL (office) {
  OPTIONAL MATCH (h:Claim {object: office, predicate: 'HELD'})
  WHERE h.deprecated IS NULL AND h.from_earliest <= $valid_at AND h.until_latest > $valid_at AND live(h)
  WITH h ORDER BY h.subject, h.id
  RETURN collect(h) AS terms
}
RETURN office,
       CASE WHEN any(o IN posts WHERE o.from_latest <= $valid_at AND $valid_at < o.until_earliest) THEN 'certain' ELSE 'possible' END AS exists,
       reduce(known = [], o IN posts | CASE WHEN o.from_text IS NULL OR o.from_text IN known THEN known ELSE known + o.from_text END) AS since,
       reduce(known = [], o IN posts | CASE WHEN o.until_text IS NULL OR o.until_text IN known THEN known ELSE known + o.until_text END) AS until,
       reduce(known = [], h IN terms | CASE WHEN h.subject IN known THEN known ELSE known + h.subject END) AS holders,
       [o IN posts | o.id] + [h IN terms | h.id] AS claims
ORDER BY office
