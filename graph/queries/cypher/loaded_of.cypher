// Of each document of an inquiry: how many recommendations are loaded, and how many it makes, as documents say. What is
// said of the inquiry as a whole counts where it has at most one document.
CALL (inquiry) {
  OPTIONAL MATCH (p:Claim {subject: inquiry, predicate: 'PRODUCED'})
  WHERE live(p)
  WITH p ORDER BY p.id
  WITH p.object AS document, collect(p) AS produced
  RETURN collect({document: document, produced: produced}) AS reports
}
UNWIND reports AS report
WITH inquiry, report.document AS document, report.produced AS produced, size(reports) = 1 AS is_only_one
CALL (document) {
  OPTIONAL MATCH (m:Claim {object: document, predicate: 'MADE_IN'})
  WHERE m.subject STARTS WITH 'recommendation:' AND live(m)
  WITH m ORDER BY m.subject, m.id
  WITH m.subject AS recommendation, head(collect(m)) AS made
  RETURN count(recommendation) AS recommendations, collect(made) AS made
}
CALL (inquiry, document, is_only_one) {
  OPTIONAL MATCH (n:Claim)
  WHERE n.subject IN [document, CASE WHEN is_only_one THEN inquiry END] AND n.predicate = 'recommendation_count' AND live(n)
  WITH n ORDER BY n.value, n.id
  RETURN collect(n) AS counts
}
WITH inquiry, document, produced, made, recommendations, counts,
     reduce(known = [], n IN counts | CASE WHEN n.value IN known THEN known ELSE known + n.value END) AS stated
