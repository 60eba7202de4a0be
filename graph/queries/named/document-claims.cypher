// What does a document say, and where in it?
// valid time: none
// parameter document: Document, required - the document
// parameter predicate: predicate - only this property or relationship
// column subject: entity - of what or whom it says something
// column predicate: text - what it says
// column object: entity - the other end of a relationship
// column says: text - the value, or the qualifiers and dates of the relationship
// column locator: list - where in the document
// column method: text - how the claim was read: curated, reading, structured or extracted
// column recorded: text - since when this graph says so
MATCH (:Document {id: $document})<-[at:CITES]-(c:Claim)
WHERE ($predicate IS NULL OR c.predicate = $predicate) AND (at.recorded_at IS NULL OR at.recorded_at <= $recorded_at) AND live(c)
WITH c, at.locator AS place ORDER BY c.id, place
WITH c, collect(DISTINCT place) AS locator
RETURN c.subject AS subject, c.predicate AS predicate, c.object AS object,
       trim(coalesce(c.value_text, '') +
         reduce(said = '', word IN [w IN [c.role, c.position, c.stage, c.how, c.due, c.words, c.as_written,
           CASE WHEN c.acting = 'yes' THEN 'acting' END, CASE WHEN c.interim = 'yes' THEN 'interim' END, CASE WHEN c.on_leave = 'yes' THEN 'on leave' END,
           CASE WHEN c.on_text IS NOT NULL THEN 'on ' + c.on_text WHEN c.from_text IS NOT NULL THEN 'from ' + c.from_text END,
           CASE WHEN c.until_text IS NOT NULL THEN 'until ' + c.until_text END] WHERE w IS NOT NULL] | said + ' ' + word)) AS says,
       locator, c.method AS method, toString(c.recorded_at) AS recorded, [c.id] AS claims
ORDER BY subject, predicate, object, says, recorded, locator
