// Closed claims that lead to records that moved: their object
UNWIND $rows AS row
MATCH (c:Claim {object: row.was})
USING INDEX c:Claim(object, predicate)
WHERE c.predicate IS NOT NULL AND c.object_ref = row.ref AND c.retracted_at IS NOT NULL
MATCH (c)-[link:OBJECT]->(:Entity)
MATCH (new:Entity {id: row.now})
SET c.object = row.now
DELETE link
CREATE (c)-[:OBJECT]->(new)
