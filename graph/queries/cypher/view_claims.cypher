// What is said of these entities, and between them and those beside them, and certain claims besides; each with the places
// that make it: document, locator, page, anchor, version
CALL () {
  UNWIND $entities AS entity
  MATCH (c:Claim)
  WHERE c.subject = entity AND c.predicate IS NOT NULL AND c.predicate <> 'kind'
    AND (c.object IS NULL OR c.object IN $entities OR c.object IN $beside)
  RETURN c
  UNION
  UNWIND CASE WHEN size($beside) > 0 THEN $entities ELSE [] END AS entity
  MATCH (c:Claim)
  WHERE c.object = entity AND c.predicate IS NOT NULL AND c.subject IN $beside
  RETURN c
  UNION
  UNWIND $claims AS id
  MATCH (c:Claim {id: id})
  RETURN c
}
WITH c AS cited
WHERE cited.deprecated IS NULL AND live(cited)
RETURN cited {.id, .subject, .predicate, .object, .value_text, .on_text, .from_text, .until_text, .method, .review,
         .register, .contested, <QUALIFIERS>} AS claim,
       [toString(cited.from_earliest), toString(cited.from_latest), toString(cited.until_earliest),
        toString(cited.until_latest)] AS bounds,
       toString(cited.known_latest) AS known, toString(cited.recorded_at) AS recorded,
       head([(cited)-[:SAID_BY]->(speaker) | speaker.id]) AS said_by,
       COLLECT {
         MATCH (cited)-[at:CITES]->(document:Document)
         WHERE at.recorded_at IS NULL OR at.recorded_at <= $recorded_at
         RETURN [document.id, at.locator, at.page, at.anchor, at.version]
         ORDER BY document.id, at.version, at.locator
       } AS places
ORDER BY cited.id
