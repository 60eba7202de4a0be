// Which claims correct which
MATCH (c:Claim)-[:CORRECTS]->(wrong:Claim)
RETURN c.id AS id, wrong.id AS corrects
ORDER BY id, corrects
