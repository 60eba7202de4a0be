// Entities whose ids begin so
MATCH (e:Entity)
WHERE e.id STARTS WITH $begin
RETURN e.id AS id, coalesce(e.name, e.name_values[0]) AS name, e.other_names AS other_names,
       head([label IN labels(e) WHERE toLower(label) = split(e.id, ':')[0]]) AS label
ORDER BY id
LIMIT 50
