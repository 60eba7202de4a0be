// The claims with this entity as their subject or object, each with the name of the other end and its evidence
CALL () {
  MATCH (c:Claim)
  WHERE c.subject = $id AND c.predicate IS NOT NULL
  RETURN c, c.object AS other
  UNION
  MATCH (c:Claim)
  WHERE c.object = $id AND c.predicate IS NOT NULL
  RETURN c, c.subject AS other
}
WITH c AS cited, other
WHERE live(cited)
RETURN properties(cited) AS claim, head(COLLECT { MATCH (e:Entity {id: other}) RETURN coalesce(e.name, e.name_values[0]) }) AS other_name,
       <EVIDENCE> AS evidence
ORDER BY cited.id
