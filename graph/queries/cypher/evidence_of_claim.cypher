// One claim with each place that makes it
COLLECT {
  MATCH (cited)-[cited_at:CITES]->(cited_document:Document)
  WHERE cited_at.recorded_at IS NULL OR cited_at.recorded_at <= $recorded_at
  RETURN {claim: cited.id, subject: cited.subject, predicate: cited.predicate, object: cited.object, value: cited.value_text,
    document: cited_document.id, title: COALESCE(cited_document.name, cited_document.name_values[0],
      head(COLLECT { MATCH (titled:Claim {subject: cited_document.id, predicate: 'name'}) WHERE live(titled) RETURN titled.value
        ORDER BY titled.id LIMIT 1 })), url: cited_document.url,
    locator: cited_at.locator, page: cited_at.page, anchor: cited_at.anchor, version: cited_at.version,
    said_by: head([(cited)-[:SAID_BY]->(speaker) | speaker.id]),
    method: cited.method, review: cited.review, deprecated: cited.deprecated} AS cited_here
  ORDER BY cited_document.id, cited_at.version, cited_at.locator
}
