// The claims of one load that are still made
MATCH (c:Claim {load: $load})
WHERE c.retracted_at IS NULL
RETURN c.id AS id, coalesce(c.also_from, []) AS also_from,
       c.subject + ' ' + c.predicate + ' ' + coalesce(c.object, c.value_text) AS says
ORDER BY id
