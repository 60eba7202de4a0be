// Entities for which the current view has to be made anew; the condition leads to the index
MATCH (e:Stale)
WHERE e.id > ''
RETURN e.id AS id
ORDER BY id
LIMIT $limit
