// What do the documents disagree on?
// valid time: none
// parameter entity: entity - only what is disputed of this entity
// parameter predicate: predicate - only this predicate, such as value or HELD
// column subject: entity - of what or whom something is said
// column predicate: text - what is said
// column object: entity - the other end, where a relationship is disputed
// column says: list - the competing statements and, beside them, those that agree with one or all of them
// column documents: integer - how many documents take part
// column deprecated: integer - how many more claims a curator holds to be mistaken; they take no part, `why` shows them
CALL () {
  WITH 1 AS everything
  WHERE $entity IS NULL
  MATCH (c:Claim {contested: true})
  WHERE live(c)
  RETURN c
  UNION
  MATCH (c:Claim)
  WHERE c.subject = $entity AND c.predicate IS NOT NULL AND c.contested AND live(c)
  RETURN c
}
WITH DISTINCT c.subject AS subject, c.predicate AS predicate, CASE WHEN c.single IS NULL THEN c.object END AS object
WHERE $predicate IS NULL OR predicate = $predicate
MATCH (x:Claim {subject: subject, predicate: predicate})
WHERE (object IS NULL OR x.object = object) AND live(x)
WITH subject, predicate, object, x
ORDER BY x.value_low, x.value_earliest, x.value_text, x.object, x.from_earliest, x.id
WITH subject, predicate, object, collect(CASE WHEN x.deprecated IS NULL THEN x END) AS group,
     collect(CASE WHEN x.deprecated IS NOT NULL THEN x END) AS mistaken
WHERE any(one IN group WHERE any(other IN group WHERE one.id < other.id AND disagree(one, other)))
RETURN subject, predicate, object,
       reduce(known = [], said_text IN [c IN group | trim(coalesce(c.value_text, CASE WHEN object IS NULL THEN c.object END, '') +
          CASE WHEN c.bound IS NULL OR c.value_text CONTAINS ' ' THEN '' ELSE ' (' + replace(c.bound, '_', ' ') + ')' END +
          reduce(said = '', word IN [w IN [c.role, c.position, c.stage, c.how, c.due,
             CASE WHEN c.on_text IS NOT NULL THEN 'on ' + c.on_text WHEN c.from_text IS NOT NULL THEN 'from ' + c.from_text END,
             CASE WHEN c.until_text IS NOT NULL THEN 'until ' + c.until_text END] WHERE w IS NOT NULL] | said + ' ' + word))] |
          CASE WHEN said_text IN known THEN known ELSE known + said_text END) AS says,
       COUNT { UNWIND group AS c MATCH (c)-[:CITES]->(d:Document) RETURN DISTINCT d } AS documents, size(mistaken) AS deprecated,
       [c IN group | c.id] AS claims
ORDER BY subject, predicate, object
