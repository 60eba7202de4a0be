// One page of the claims with this entity as their subject or object, in the order of the schema (`$ranks`), each with
// the name of the other end and its evidence
CALL () {
  MATCH (c:Claim)
  WHERE c.subject = $id AND c.predicate IS NOT NULL
  RETURN c, c.object AS other, 0 AS backward
  UNION
  MATCH (c:Claim)
  WHERE c.object = $id AND c.predicate IS NOT NULL
  RETURN c, c.subject AS other, 1 AS backward
}
WITH c AS cited, other, backward
WHERE ($unchecked OR cited.unchecked IS NULL) AND live(cited)
WITH cited, other, other IS NOT NULL AS is_relationship, backward, coalesce($ranks[cited.predicate], 0) AS rank,
     coalesce(cited.from_text, '') AS begins, coalesce(other, cited.value_text, '') AS says
ORDER BY is_relationship, backward, rank, cited.predicate, begins, says, cited.id
SKIP $skip
LIMIT $limit
RETURN properties(cited) AS claim, head(COLLECT { MATCH (e:Entity {id: other}) RETURN coalesce(e.name, e.name_values[0]) }) AS other_name,
       <EVIDENCE> AS evidence
ORDER BY is_relationship, backward, rank, cited.predicate, begins, says, cited.id
