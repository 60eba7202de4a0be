// All loads
MATCH (l:Load)
RETURN l.id AS id, properties(l) AS properties
ORDER BY id
