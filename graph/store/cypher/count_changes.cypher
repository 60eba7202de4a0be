// How much of a source was opened, closed and cited again between two of its loads
CALL () {
  UNWIND $later AS load
  MATCH (c:Claim {load: load})
  WHERE c.retracted_at IS NULL OR c.retracted_at > $until
  RETURN count(c) AS opened
}
CALL () {
  UNWIND $earlier AS load
  MATCH (c:Claim {load: load})
  WHERE c.retracted_at > $since AND c.retracted_at <= $until
  RETURN count(c) AS closed
}
CALL () {
  UNWIND $earlier AS load
  MATCH (c:Claim {load: load})
  WHERE (c.retracted_at IS NULL OR c.retracted_at > $until)
    AND EXISTS { (c)-[at:CITES]->(:Document) WHERE at.recorded_at > $since AND at.recorded_at <= $until }
  RETURN count(c) AS cited_again
}
RETURN opened, closed, cited_again
