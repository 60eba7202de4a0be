// Every relationship with its ends and properties
MATCH (a)-[r]->(b)
RETURN a.id AS subject, type(r) AS type, b.id AS object, properties(r) AS properties
