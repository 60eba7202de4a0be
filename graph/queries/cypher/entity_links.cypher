// The first relationships of an entity in the current view, in both directions, with the claims that make them
MATCH (e:Entity {id: $id})-[r]-(o:Entity)
WHERE r.claims IS NOT NULL
WITH r, type(r) AS type, CASE WHEN startNode(r) = e THEN 'forward' ELSE 'backward' END AS direction, o
ORDER BY direction DESC, type, o.id, r.claims[0]
LIMIT $limit
RETURN type, direction, o.id AS other, coalesce(o.name, o.name_values[0]) AS other_name, r.claims AS claims,
       r.documents AS documents, coalesce(r.reading, false) AS reading, coalesce(r.disputed, false) AS disputed
ORDER BY direction DESC, type, other, claims[0]
