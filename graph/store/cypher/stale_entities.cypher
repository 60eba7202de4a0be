// Entities for which the current view has to be made anew
MATCH (e:Stale)
RETURN e.id AS id
ORDER BY id
LIMIT $limit
