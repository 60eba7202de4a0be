// The claims of a source that were made by its earlier loads, stayed, and are cited by one more version since
UNWIND $earlier AS load
MATCH (c:Claim {load: load})
WHERE c.retracted_at IS NULL OR c.retracted_at > $until
MATCH (c)-[at:CITES]->(d:Document)
WHERE at.recorded_at > $since AND at.recorded_at <= $until
WITH c, d, at ORDER BY at.locator
WITH c, head(collect(d.id)) AS document, head(collect(at.locator)) AS locator
RETURN 'cited again' AS change, c.id AS claim, c.subject AS subject, head([(c)-[:SUBJECT]->(e) | e.name]) AS subject_name,
       c.predicate AS predicate, c.object AS object, head([(c)-[:OBJECT]->(e) | e.name]) AS object_name,
       c.value_text AS value, [name IN $qualifiers WHERE c[name] IS NOT NULL | name + ': ' + toString(c[name])] AS qualifiers,
       c.from_text AS since, c.until_text AS until, null AS reason, null AS note, null AS closed_by, document, locator
ORDER BY subject, predicate, object, value, since, until, claim
