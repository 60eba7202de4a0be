// How many claims there are in all, and how many live ones cite a document that nobody has seen
CALL () {
  MATCH (c:Claim {unchecked: true})
  WHERE c.retracted_at IS NULL
  RETURN count(c) AS unchecked
}
RETURN unchecked, COUNT { (:Claim) } AS claims, COUNT { (:Entity) } AS entities
