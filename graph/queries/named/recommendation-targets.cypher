// Which bodies, offices and groups does each recommendation of an inquiry target, and in which role?
// valid time: none
// parameter inquiry: Inquiry - the inquiry, by id or name
// parameter recommendation: Recommendation - only this recommendation
// needs one of: inquiry, recommendation
// parameter role: target_role - only targets in this role, and those whose role no document says
// column recommendation: Recommendation - the recommendation
// column number: text - its number as printed
// column target: Body|Office|Group|Inquiry - whom it targets; empty where no document says
// column role: list - in which roles, as the claims say
// column due: list - by when, where a document says so
// column as_written: list - how the documents write the name
// column method: text - `reading` where no document names the target in so many words
// column unchecked: boolean - whether only unchecked claims say so
CALL () {
  MATCH (p:Claim {subject: $inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  MATCH (m:Claim {object: p.object, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND ($recommendation IS NULL OR m.subject = $recommendation) AND live(m)
  RETURN m.subject AS recommendation, p.id AS produced, m.id AS made
  UNION
  WITH 1 AS one
  WHERE $inquiry IS NULL
  OPTIONAL MATCH (m:Claim {subject: $recommendation, predicate: 'MADE_IN'})
  WHERE live(m)
  RETURN $recommendation AS recommendation, null AS produced, m.id AS made
}
WITH recommendation, collect(DISTINCT produced) + collect(DISTINCT made) AS way
OPTIONAL MATCH (t:Claim {subject: recommendation, predicate: 'TARGETS'})
WHERE live(t)
WITH recommendation, way, t ORDER BY t.id
WHERE $role IS NULL OR t.role IS NULL OR t.role = $role
WITH recommendation, way, t.object AS target, collect(t) AS claims_of_target
CALL (recommendation) {
  OPTIONAL MATCH (n:Claim {subject: recommendation, predicate: 'number'})
  WHERE live(n)
  WITH n ORDER BY n.value_text, n.id
  RETURN collect(n) AS numbers
}
RETURN recommendation,
       reduce(text = null, n IN numbers | CASE WHEN text IS NULL THEN n.value_text WHEN n.value_text IN split(text, ' or ') THEN text ELSE text + ' or ' + n.value_text END) AS number, target,
       reduce(known = [], t IN claims_of_target | CASE WHEN t.role IS NULL OR t.role IN known THEN known ELSE known + t.role END) AS role,
       reduce(known = [], t IN claims_of_target | CASE WHEN t.due IS NULL OR t.due IN known THEN known ELSE known + t.due END) AS due,
       reduce(known = [], t IN claims_of_target | CASE WHEN t.as_written IS NULL OR t.as_written IN known THEN known ELSE known + t.as_written END) AS as_written,
       CASE WHEN target IS NULL THEN null
            WHEN all(t IN claims_of_target WHERE t.method = 'reading') THEN 'reading' ELSE 'stated' END AS method,
       target IS NOT NULL AND all(t IN claims_of_target WHERE t.unchecked IS NOT NULL) AS unchecked,
       [t IN claims_of_target | t.id] + way + [n IN numbers | n.id] AS claims
ORDER BY size(recommendation), recommendation, target
