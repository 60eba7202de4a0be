// What some sources say of names, kinds, beginnings, ends and successions of bodies
MATCH (c:Claim)
WHERE c.predicate IN $predicates AND c.subject STARTS WITH 'body:'
  AND (c.source IN $sources OR any(source IN coalesce(c.also_from, []) WHERE source IN $sources))
  AND c.retracted_at IS NULL AND c.review = 'checked' AND c.redacted IS NULL
RETURN c.subject AS body, c.predicate AS predicate, coalesce(c.object, toString(c.value)) AS what, c.how AS how,
  c.on_text AS on
ORDER BY body, predicate, what, how, on
