// Ids of all entities that some document names, and those under which sources have what is joined with them
MATCH (e:Entity)
RETURN e.id AS id
UNION
MATCH (c:Claim)
WHERE c.joined IS NOT NULL AND c.retracted_at IS NULL
RETURN c.joined AS id
