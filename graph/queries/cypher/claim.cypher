// One claim, live or closed, with its places, its load, and what it corrects; of a redacted one what is left
MATCH (cited:Claim {id: $id})
OPTIONAL MATCH (l:Load {id: cited.load})
RETURN properties(cited) AS claim, l.source AS source,
       COLLECT { MATCH (cited)-[:CORRECTS]->(wrong:Claim) RETURN wrong.id AS id ORDER BY id } AS corrects,
       COLLECT { MATCH (cited)<-[:CORRECTS]-(right:Claim) RETURN right.id AS id ORDER BY id } AS corrected_by,
       <EVIDENCE> AS evidence
