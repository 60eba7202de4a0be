// The entities that records have been joined with, by the ids that their sources give them
UNWIND $ids AS id
CALL (id) {
  MATCH (c:Claim {joined: id})
  WHERE c.retracted_at IS NULL
  RETURN c.subject AS entity
  LIMIT 1
}
RETURN id, entity
