// How many claims have this entity as their subject or object, and how many of them are unchecked
CALL () {
  MATCH (c:Claim)
  WHERE c.subject = $id AND c.predicate IS NOT NULL
  RETURN c
  UNION
  MATCH (c:Claim)
  WHERE c.object = $id AND c.predicate IS NOT NULL
  RETURN c
}
WITH c
WHERE live(c)
RETURN count(c) AS claims, count(c.unchecked) AS unchecked
