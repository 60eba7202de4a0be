// Closed claims about records that moved: their subject
UNWIND $rows AS row
MATCH (c:Claim {subject: row.was})
USING INDEX c:Claim(subject, predicate)
WHERE c.predicate IS NOT NULL AND c.subject_ref = row.ref AND c.retracted_at IS NOT NULL
MATCH (c)-[link:SUBJECT]->(:Entity)
MATCH (new:Entity {id: row.now})
SET c.subject = row.now, c.joined = CASE WHEN row.ref = row.now THEN null ELSE row.ref END
DELETE link
CREATE (c)-[:SUBJECT]->(new)
