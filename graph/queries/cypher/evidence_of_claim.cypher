// One claim with each place that makes it
COLLECT {
  MATCH (c)-[at:CITES]->(document:Document)
  RETURN {claim: c.id, subject: c.subject, predicate: c.predicate, object: c.object, value: c.value_text,
    document: document.id, title: COALESCE(document.name, document.name_values[0],
      head(COLLECT { MATCH (titled:Claim {subject: document.id, predicate: 'name'}) RETURN titled.value
        ORDER BY titled.id LIMIT 1 })), url: document.url,
    locator: at.locator, page: at.page, anchor: at.anchor, version: at.version,
    said_by: head([(c)-[:SAID_BY]->(speaker) | speaker.id]),
    method: c.method, review: c.review, deprecated: c.deprecated} AS place
  ORDER BY document.id, at.version, at.locator
}
