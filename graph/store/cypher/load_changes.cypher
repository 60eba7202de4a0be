// What of a source was opened or closed between two of its loads. `later` are the loads after the first up to the
// second, `earlier` those up to the first; claims that were redacted have nothing left but their ids
CALL () {
  UNWIND $later AS load
  MATCH (c:Claim {load: load})
  WHERE c.retracted_at IS NULL OR c.retracted_at > $until
  RETURN c, 'opened' AS change
  UNION ALL
  UNWIND $earlier AS load
  MATCH (c:Claim {load: load})
  WHERE c.retracted_at > $since AND c.retracted_at <= $until
  RETURN c, 'closed' AS change
}
CALL (c) {
  OPTIONAL MATCH (c)-[at:CITES]->(d:Document)
  WITH d, at ORDER BY at.version DESC, at.locator, d.id LIMIT 1
  RETURN d.id AS document, at.locator AS locator
}
RETURN change, c.id AS claim, c.subject AS subject, head([(c)-[:SUBJECT]->(e) | e.name]) AS subject_name,
       c.predicate AS predicate, c.object AS object, head([(c)-[:OBJECT]->(e) | e.name]) AS object_name,
       c.value_text AS value, [name IN $qualifiers WHERE c[name] IS NOT NULL | name + ': ' + toString(c[name])] AS qualifiers,
       c.from_text AS since, c.until_text AS until, c.closing AS reason, c.closing_note AS note, c.closed_by AS closed_by,
       document, locator
ORDER BY coalesce(subject, ''), predicate, object, value, change, since, until, claim
