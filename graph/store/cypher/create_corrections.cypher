// Links corrections with the claims that they correct, where the graph holds these
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (wrong:Claim {id: row.corrects})
MERGE (c)-[:CORRECTS]->(wrong)
