// The claims that make a row, in their order, then those that name its ends; each with the place in its document
COLLECT {
  WITH claims + [end IN <ENTITIES> WHERE end IS NOT NULL | head(COLLECT {
    MATCH (called:Claim {subject: end, predicate: 'name'}) WHERE live(called)
    RETURN called.id ORDER BY called.id LIMIT 1 })] AS all_claims
  UNWIND range(0, size(all_claims) - 1) AS position
  WITH all_claims[position] AS claim_id, min(position) AS position
  MATCH (shown:Claim {id: claim_id})-[at:CITES]->(document:Document)
  RETURN {claim: shown.id, subject: shown.subject, predicate: shown.predicate, object: shown.object, value: shown.value_text,
    document: document.id, title: COALESCE(document.name, document.name_values[0]), url: document.url,
    locator: at.locator, page: at.page, anchor: at.anchor, version: at.version,
    said_by: head([(shown)-[:SAID_BY]->(speaker) | speaker.id]),
    method: shown.method, review: shown.review, deprecated: shown.deprecated} AS item
  ORDER BY position, document.id, at.version
}
