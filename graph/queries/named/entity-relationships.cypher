// How is an entity related to others, as each document says, and when was that so, public and recorded?
// valid time: none
// parameter entity: entity, required - the entity
// parameter type: predicate - only this type of relationship
// parameter direction: forward|backward - only relationships that lead from the entity, or to it
// column type: text - the type of the relationship
// column direction: text - forward (from the entity) or backward
// column other: entity - the other end
// column says: text - its qualifiers and dates, as the document gives them
// column from_earliest: date - the first day on which it can have begun; empty where nothing bounds it
// column from_latest: date - the day by which it had begun
// column until_earliest: date - until this day it was certainly so, this day not included
// column until_latest: date - from this day on it was certainly over
// column known_by: date - by when it was public, at the latest; empty where no document says
// column recorded: text - since when this graph says so
// column method: text - how the claim was read: curated, reading, structured or extracted
// column deprecated: text - why a curator holds it to be mistaken
CALL () {
  MATCH (c:Claim)
  WHERE c.subject = $entity AND c.predicate IS NOT NULL AND c.object IS NOT NULL
    AND coalesce($direction, 'forward') = 'forward' AND ($type IS NULL OR c.predicate = $type) AND live(c)
  RETURN c, 'forward' AS direction, c.object AS other
  UNION ALL
  MATCH (c:Claim)
  WHERE c.object = $entity AND c.predicate IS NOT NULL
    AND coalesce($direction, 'backward') = 'backward' AND ($type IS NULL OR c.predicate = $type) AND live(c)
  RETURN c, 'backward' AS direction, c.subject AS other
}
WITH c, direction, other, c.until_earliest AS certain_until
RETURN c.predicate AS type, direction, other,
       trim(reduce(said = '', word IN [w IN [c.role, c.position, c.stage, c.how, c.due, c.words, c.as_written,
         CASE WHEN c.acting = 'yes' THEN 'acting' END, CASE WHEN c.interim = 'yes' THEN 'interim' END, CASE WHEN c.on_leave = 'yes' THEN 'on leave' END,
         CASE WHEN c.on_text IS NOT NULL THEN 'on ' + c.on_text WHEN c.from_text IS NOT NULL THEN 'from ' + c.from_text END,
         CASE WHEN c.until_text IS NOT NULL THEN 'until ' + c.until_text END] WHERE w IS NOT NULL] | said + ' ' + word)) AS says,
       CASE WHEN c.from_earliest > date('0001-01-01') AND c.from_earliest < date('9999-12-31') THEN c.from_earliest END AS from_earliest,
       CASE WHEN c.from_latest > date('0001-01-01') AND c.from_latest < date('9999-12-31') THEN c.from_latest END AS from_latest,
       CASE WHEN certain_until > date('0001-01-01') AND certain_until < date('9999-12-31') THEN certain_until END AS until_earliest,
       CASE WHEN c.until_latest > date('0001-01-01') AND c.until_latest < date('9999-12-31') THEN c.until_latest END AS until_latest,
       CASE WHEN c.known_latest > date('0001-01-01') AND c.known_latest < date('9999-12-31') THEN c.known_latest END AS known_by,
       toString(c.recorded_at) AS recorded, c.method AS method, c.deprecated AS deprecated, [c.id] AS claims
ORDER BY type, direction, other, from_earliest, says, recorded
