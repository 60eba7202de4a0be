// Entities that do not wait for the refresh of the current view, page by page in the order of their ids
MATCH (e:Entity)
WHERE e.id > $after AND NOT e:Stale
RETURN e.id AS id
ORDER BY id
LIMIT $limit
