// The claims that make a row, in their order, then those that name its ends; each with the place in its document
COLLECT {
  WITH claims + [row_end IN <ENTITIES> WHERE row_end IS NOT NULL | head(COLLECT {
    MATCH (naming_claim:Claim {subject: row_end, predicate: 'name'}) WHERE live(naming_claim)
    RETURN naming_claim.id ORDER BY naming_claim.id LIMIT 1 })] AS cited_claims
  UNWIND range(0, size(cited_claims) - 1) AS cited_position
  WITH cited_claims[cited_position] AS cited_id, min(cited_position) AS cited_position
  MATCH (cited:Claim {id: cited_id})
  UNWIND <EVIDENCE> AS cited_place
  RETURN cited_place ORDER BY cited_position, cited_place.document, cited_place.version
}
