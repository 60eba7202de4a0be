// What is loaded: counts, and the sources with their last load; and which of `$ids` there are, with their kinds
MATCH (l:Load {status: 'finished'})
WITH l ORDER BY l.recorded_at DESC, l.id
WITH l.source AS source, head(collect(toString(l.recorded_at))) AS loaded_at ORDER BY source
WITH collect({source: source, loaded_at: loaded_at}) AS sources
CALL () {
  UNWIND $ids AS id
  MATCH (e:Entity {id: id})
  RETURN collect({id: id, label: head([label IN labels(e) WHERE label <> 'Entity' AND toLower(label) = split(id, ':')[0]])}) AS there
}
RETURN there, COUNT { (:Claim) } AS claims, COUNT { (:Document) } AS documents, COUNT { (:Entity) } AS entities, sources,
       EXISTS { (:Claim {unchecked: true}) } AS has_unchecked
