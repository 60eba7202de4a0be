// The claims of other sources that this source makes too
MATCH (c:Claim {shared: true})
WHERE $source IN c.also_from AND c.retracted_at IS NULL
RETURN c.id AS id
ORDER BY id
