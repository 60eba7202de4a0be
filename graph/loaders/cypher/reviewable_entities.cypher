// Entities that may be one with another: names, dates of existence, what they belong to, and which sources describe them
MATCH (e:Entity)
WHERE (e:Body OR e:Person OR e:Office OR e:Place OR e:Group) AND (e.name IS NOT NULL OR e.name_values IS NOT NULL)
CALL (e) {
  MATCH (c:Claim {subject: e.id, predicate: 'kind'})
  WHERE c.retracted_at IS NULL
  UNWIND [c.source] + coalesce(c.also_from, []) AS source
  RETURN collect(DISTINCT source) AS sources
}
RETURN e.id AS id, labels(e) AS labels,
       CASE WHEN e.name IS NULL THEN e.name_values ELSE [e.name] END AS names, coalesce(e.other_names, []) AS other_names,
       coalesce(e.identifiers, []) AS identifiers, sources,
       CASE WHEN e.started IS NULL THEN coalesce(e.started_values, []) ELSE [toString(e.started)] END AS started,
       CASE WHEN e.ended IS NULL THEN coalesce(e.ended_values, []) ELSE [toString(e.ended)] END AS ended,
       [(e)-[r:HELD|MEMBER_OF]->() WHERE e:Person | [toString(r.from_earliest), toString(r.until_latest)]] AS terms,
       [(e)-[:OFFICE_OF]->(b) | coalesce(b.name, b.id)] AS of
ORDER BY id
