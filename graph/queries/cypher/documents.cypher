// Documents by how many claims cite them, those that are cited most often first; one page, and how many there are
CALL () {
  MATCH (d:Document)
  RETURN count(d) AS total
}
MATCH (d:Document)
WITH total, d, COUNT { (d)<-[:CITES]-() } AS claims
ORDER BY claims DESC, d.id
SKIP $skip
LIMIT $limit
RETURN total, d.id AS id, coalesce(d.name, d.name_values[0]) AS name, d.form AS form, d.published AS published, d.url AS url, claims
ORDER BY claims DESC, id
