// What is loaded of each inquiry and document, and what is known to be missing?
// valid time: none
// parameter inquiry: Inquiry - only this inquiry
// column inquiry: Inquiry - the inquiry
// column document: Document - the document it produced
// column recommendations: integer - how many of its recommendations are loaded
// column stated: list - how many it makes, as documents say
// column missing: list - how many are missing, for each of these numbers in turn
// column answered: integer - how many of the loaded ones have an answer of their own
// column answered_as_set: integer - how many answers there are to the whole document
// column assessed: integer - how many of the loaded ones have an assessment of their own
MATCH (p:Claim {predicate: 'PRODUCED'})
WHERE ($inquiry IS NULL OR p.subject = $inquiry) AND live(p)
WITH p ORDER BY p.id
WITH p.subject AS inquiry, p.object AS document, collect(p.id) AS way
CALL (document) {
  OPTIONAL MATCH (m:Claim {object: document, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  WITH m ORDER BY m.subject, m.id
  WITH m.subject AS recommendation, collect(m.id) AS made
  OPTIONAL MATCH (r:Claim {object: recommendation, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  WITH recommendation, made, count(r) > 0 AS has_answer
  OPTIONAL MATCH (a:Claim {object: recommendation, predicate: 'ASSESSES'})
  WHERE live(a)
  WITH recommendation, made, has_answer, count(a) > 0 AS has_assessment
  WHERE recommendation IS NOT NULL
  RETURN count(recommendation) AS recommendations, sum(CASE WHEN has_answer THEN 1 ELSE 0 END) AS answered,
         sum(CASE WHEN has_assessment THEN 1 ELSE 0 END) AS assessed, collect(head(made)) AS made
}
CALL (document) {
  OPTIONAL MATCH (n:Claim {subject: document, predicate: 'recommendation_count'})
  WHERE live(n)
  WITH n ORDER BY n.value, n.id
  RETURN collect(n) AS counts
}
CALL (document) {
  OPTIONAL MATCH (r:Claim {object: document, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN count(DISTINCT r.subject) AS answered_as_set
}
WITH *, reduce(known = [], n IN counts | CASE WHEN n.value IN known THEN known ELSE known + n.value END) AS stated
RETURN inquiry, document, recommendations, stated, [n IN stated | CASE WHEN n > recommendations THEN n - recommendations ELSE 0 END] AS missing, answered, answered_as_set, assessed,
       way + [n IN counts | n.id] + made AS claims
ORDER BY inquiry, document
