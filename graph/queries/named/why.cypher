// What supports or contradicts one relationship or property, and who says it?
// valid time: none
// parameter subject: entity, required - of what or whom it is said
// parameter predicate: predicate, required - the property or relationship, such as published or TARGETS
// parameter object: entity - the other end, for a relationship
// column subject: entity - of what or whom it is said
// column predicate: text - what is said
// column object: entity - the other end
// column says: text - the value, or the qualifiers and dates of the relationship
// column stance: text - supports or contradicts what was asked (another object at another time does neither); for a property: agreed or contested; deprecated, which takes part in no dispute
// column contradicted_by: list - the competing statements
// column recorded: text - since when this graph says so
// column deprecated: text - why a curator holds it to be mistaken
// column corrects: list - the claims of this graph that it corrects
MATCH (x:Claim {subject: $subject, predicate: $predicate})
WHERE live(x) AND ($object IS NULL OR x.object = $object OR x.single)
WITH x, trim(coalesce(x.value_text, '') +
       reduce(said = '', word IN [w IN [x.role, x.position, x.stage, x.how, x.due, x.words, x.as_written,
         CASE WHEN x.acting = 'yes' THEN 'acting' END, CASE WHEN x.interim = 'yes' THEN 'interim' END, CASE WHEN x.on_leave = 'yes' THEN 'on leave' END,
         CASE WHEN x.on_text IS NOT NULL THEN 'on ' + x.on_text WHEN x.from_text IS NOT NULL THEN 'from ' + x.from_text END,
         CASE WHEN x.until_text IS NOT NULL THEN 'until ' + x.until_text END] WHERE w IS NOT NULL] | said + ' ' + word)) AS says
ORDER BY x.value_low, x.value_earliest, x.value_text, x.object, x.from_earliest, x.id
WITH collect({c: x, says: says}) AS group
UNWIND group AS a
CALL (a, group) {
  WITH a.c AS asked, group
  UNWIND group AS b
  WITH asked, b.c AS other, b
  WHERE disagree(asked, other)
  RETURN collect(b) AS rivals
}
WITH *, [b IN group WHERE b.c.object = $object AND b.c.deprecated IS NULL] AS supporting
WHERE $object IS NULL OR a.c.object = $object OR a.c.deprecated IS NOT NULL OR size(supporting) = 0
   OR any(b IN supporting WHERE b IN rivals)
RETURN a.c.subject AS subject, a.c.predicate AS predicate, a.c.object AS object, a.says AS says,
       CASE WHEN a.c.deprecated IS NOT NULL THEN 'deprecated'
            WHEN $object IS NOT NULL AND a.c.object <> $object THEN 'contradicts'
            WHEN a.c.object IS NOT NULL THEN 'supports'
            WHEN size(rivals) = 0 THEN 'agreed' ELSE 'contested' END AS stance,
       [b IN rivals | CASE WHEN b.c.object <> a.c.object THEN b.c.object ELSE b.says END] AS contradicted_by,
       toString(a.c.recorded_at) AS recorded, a.c.deprecated AS deprecated,
       COLLECT { WITH a.c AS c MATCH (c)-[:CORRECTS]->(wrong:Claim) WHERE wrong.recorded_at <= $recorded_at RETURN wrong.id ORDER BY wrong.id } AS corrects,
       [a.c.id] AS claims
ORDER BY deprecated IS NOT NULL, stance DESC, object, says, recorded
