// Claims with their citations and speakers, page by page in the order of their ids
MATCH (c:Claim)
WHERE c.id > $after
WITH c ORDER BY c.id LIMIT $limit
RETURN c.id AS id, properties(c) AS properties,
       [(c)-[at:CITES]->(d:Document) | {document: d.id, properties: properties(at)}] AS citations,
       head([(c)-[:SAID_BY]->(s) | s.id]) AS said_by
ORDER BY id
