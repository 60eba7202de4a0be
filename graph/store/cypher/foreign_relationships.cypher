// Relationships that leave or enter the plain graph, other than those of claims and versions
MATCH (a)-[r]->(b)
WHERE NOT (a:Entity AND b:Entity)
  AND NOT (a:Claim AND type(r) IN ['SUBJECT', 'OBJECT', 'CITES', 'SAID_BY', 'CORRECTS'])
  AND NOT (a:Version AND type(r) = 'VERSION_OF')
RETURN coalesce(toString(a.id), elementId(a)) AS id, type(r) AS type, coalesce(toString(b.id), elementId(b)) AS object
ORDER BY id, type, object
LIMIT 1000
