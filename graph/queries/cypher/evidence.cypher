// The claims that make a row, in their order, then those that name its ends; each with the place in its document
COLLECT {
  WITH claims + [end IN <ENTITIES> WHERE end IS NOT NULL | head(COLLECT {
    MATCH (called:Claim {subject: end, predicate: 'name'}) WHERE live(called)
    RETURN called.id ORDER BY called.id LIMIT 1 })] AS all_claims
  UNWIND range(0, size(all_claims) - 1) AS position
  WITH all_claims[position] AS claim_id, min(position) AS position
  MATCH (c:Claim {id: claim_id})
  UNWIND <EVIDENCE> AS item
  RETURN item ORDER BY position, item.document, item.version
}
