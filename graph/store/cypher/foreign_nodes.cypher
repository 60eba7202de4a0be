// Nodes that are neither entities nor claims, versions or loads
MATCH (n)
WHERE NOT n:Entity AND NOT n:Claim AND NOT n:Version AND NOT n:Load
RETURN coalesce(toString(n.id), elementId(n)) AS id, labels(n) AS labels
ORDER BY id
LIMIT 1000
