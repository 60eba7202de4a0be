// What is loaded of each inquiry and document, and what is known to be missing?
// valid time: none
// parameter inquiry: Inquiry - only this inquiry
// column inquiry: Inquiry - the inquiry
// column document: Document - the document it produced; empty where none is loaded
// column recommendations: integer - how many of its recommendations are loaded
// column stated: list - how many it makes, as documents say; of the inquiry as a whole, where it has at most one document
// column missing: list - how many are missing, for each of these numbers in turn
// column answered: integer - how many of the loaded ones have an answer of their own
// column answered_as_set: integer - how many answers there are to the whole document
// column assessed: integer - how many of the loaded ones have an assessment of their own
CALL () {
  WITH 1 AS everything
  WHERE $inquiry IS NULL
  MATCH (i:Inquiry)
  RETURN i.id AS inquiry
  UNION
  WITH 1 AS one
  WHERE $inquiry IS NOT NULL
  RETURN $inquiry AS inquiry
}
CALL loaded_of(inquiry)
CALL (made) {
  UNWIND made AS m
  RETURN sum(CASE WHEN EXISTS { MATCH (r:Claim {object: m.subject, predicate: 'RESPONDS_TO'}) WHERE live(r) } THEN 1 ELSE 0 END) AS answered,
         sum(CASE WHEN EXISTS { MATCH (a:Claim {object: m.subject, predicate: 'ASSESSES'}) WHERE live(a) } THEN 1 ELSE 0 END) AS assessed
}
CALL (document) {
  OPTIONAL MATCH (r:Claim {object: document, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN count(DISTINCT r.subject) AS answered_as_set
}
CALL (inquiry) {
  OPTIONAL MATCH (n:Claim)
  WHERE n.subject = inquiry AND n.predicate IN ['name', 'kind', 'recommendation_count'] AND live(n)
  WITH n ORDER BY n.id
  RETURN collect(n.id) AS of_inquiry
}
RETURN inquiry, document, recommendations, stated, [n IN stated | CASE WHEN n > recommendations THEN n - recommendations ELSE 0 END] AS missing, answered, answered_as_set, assessed,
       [p IN produced | p.id] + [n IN counts | n.id] + [m IN made | m.id]
         + CASE WHEN document IS NULL THEN [id IN of_inquiry WHERE NOT id IN [n IN counts | n.id]] ELSE [] END AS claims
ORDER BY inquiry, document
