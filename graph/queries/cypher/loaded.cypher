// What is loaded: counts, and the sources with their last load
MATCH (l:Load {status: 'finished'})
WITH l ORDER BY l.recorded_at DESC, l.id
WITH l.source AS source, head(collect(toString(l.recorded_at))) AS loaded_at ORDER BY source
WITH collect({source: source, loaded_at: loaded_at}) AS sources
RETURN COUNT { (:Claim) } AS claims, COUNT { (:Document) } AS documents, COUNT { (:Entity) } AS entities, sources,
       EXISTS { (:Claim {unchecked: true}) } AS has_unchecked
