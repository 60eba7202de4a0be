// Entities whose names or summaries hold these words
CALL db.index.fulltext.queryNodes($index, $text, {limit: $limit}) YIELD node AS e, score
RETURN e.id AS id, coalesce(e.name, e.name_values[0]) AS name, e.other_names AS other_names, e.summary AS summary,
       head([label IN labels(e) WHERE toLower(label) = split(e.id, ':')[0]]) AS label
ORDER BY score DESC, id
