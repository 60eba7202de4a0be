// Entities whose names or summaries hold these words, that have to do with all of `$others` and a date between two days,
// and of which something was recorded by a moment; and how many the index found before these conditions
CALL db.index.fulltext.queryNodes($index, $text, {limit: $limit}) YIELD node, score
WITH collect({e: node, score: score}) AS hits
UNWIND hits AS hit
WITH size(hits) AS seen, hit.e AS e, hit.score AS score
WITH seen, score, CASE WHEN all(other IN $others WHERE e.id = other OR EXISTS {
    MATCH (e)-[r]-(:Entity {id: other})
    WHERE r.claims IS NOT NULL
  })
  AND (($since IS NULL AND $until IS NULL) OR EXISTS {
    MATCH (d:Claim)
    WHERE d.subject = e.id AND d.predicate IN $dates AND d.retracted_at IS NULL AND d.redacted IS NULL AND d.unchecked IS NULL
      AND ($since IS NULL OR d.value_latest >= $since) AND ($until IS NULL OR d.value_earliest < $until)
  })
  AND ($recorded_at IS NULL OR EXISTS {
    MATCH (c:Claim)
    WHERE c.subject = e.id AND c.predicate IS NOT NULL AND c.recorded_at <= $recorded_at
  }) THEN e END AS e
RETURN seen, e.id AS id, coalesce(e.name, e.name_values[0]) AS name, e.other_names AS other_names, e.summary AS summary,
       head([label IN labels(e) WHERE toLower(label) = split(e.id, ':')[0]]) AS label,
       [label IN labels(e) WHERE NOT label IN ['Entity', 'Stale'] AND toLower(label) <> split(e.id, ':')[0]] AS sub_kinds,
       e.form AS form
ORDER BY score DESC, id
