// The claims of some predicates with these entities as their subjects or objects, each with the name of the other end
// and its evidence
UNWIND $ids AS id
CALL (id) {
  MATCH (c:Claim)
  WHERE c.subject = id AND c.predicate IN $predicates
  RETURN c, c.object AS other
  UNION
  MATCH (c:Claim)
  WHERE c.object = id AND c.predicate IN $predicates
  RETURN c, c.subject AS other
}
WITH id, c AS cited, other
WHERE cited.deprecated IS NULL AND live(cited)
RETURN id, properties(cited) AS claim, head(COLLECT { MATCH (e:Entity {id: other}) RETURN coalesce(e.name, e.name_values[0]) }) AS other_name,
       <EVIDENCE> AS evidence
ORDER BY id, cited.predicate, cited.from_earliest, cited.id
