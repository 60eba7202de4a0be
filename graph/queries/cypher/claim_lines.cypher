// These claims, each with the name of its object and its evidence
UNWIND $ids AS id
MATCH (cited:Claim {id: id})
RETURN properties(cited) AS claim, head(COLLECT { MATCH (e:Entity {id: cited.object}) RETURN coalesce(e.name, e.name_values[0]) }) AS other_name,
       <EVIDENCE> AS evidence
ORDER BY cited.id
