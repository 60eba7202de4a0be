// How many of these entities are there?
MATCH (e:Entity)
WHERE e.id IN $ids
RETURN count(e) AS present
