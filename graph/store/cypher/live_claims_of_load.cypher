// The claims of one load that are still made, with what they are counted by: kind, predicate, dates and qualifiers
MATCH (c:Claim {load: $load})
WHERE c.retracted_at IS NULL
RETURN c.id AS id, coalesce(c.also_from, []) AS also_from, c.subject AS subject, c.predicate AS predicate,
       c.from_text IS NOT NULL AS has_start, c.until_text IS NOT NULL AS has_end,
       [name IN $qualifiers WHERE c[name] IS NOT NULL] AS qualifiers,
       c.subject + ' ' + c.predicate + ' ' + coalesce(c.object, c.value_text)
         + CASE WHEN c.from_text IS NULL THEN '' WHEN c.on_text IS NULL THEN ' from ' ELSE ' on ' END + coalesce(c.from_text, '')
         + coalesce(' until ' + c.until_text, '') AS says
ORDER BY id
