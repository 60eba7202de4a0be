// Which claims does a document make? A row for each, and nothing to be worked out.
// valid time: none
// parameter document: Document, required - the document
// column subject: text - the id of what it speaks of
// column says: text - the value
MATCH (d:Document {id: $document})<-[:CITES]-(c:Claim)
WHERE live(c)
WITH DISTINCT c
RETURN c.subject AS subject, c.value_text AS says, [c.id] AS claims
ORDER BY subject, says
