// How are two entities connected in the current view, and who says so at each step?
// valid time: none
// parameter start: entity, required - where the path begins
// parameter end: entity, required - where it ends
// parameter most: integer, default 3 - how many paths at the most; of equally long ones any, and never more than 12
// column path: integer - the number of the path, the shortest first
// column step: integer - the step on it
// column origin: entity - from here
// column relationship: text - the type of the relationship
// column direction: text - forward, or backward where the relationship leads the other way
// column target: entity - to here
// column disputed: boolean - whether documents disagree on this step
// Now, all that the current view has rests on live claims, so that the steps are tested when the paths are found; on the
// way only where a time is limited, or where something that no claim supports is among them.
WITH $known_at = date('9999-12-31') AND $recorded_at.year = 9999 AS is_now
CALL (is_now) {
  WITH is_now WHERE is_now
  MATCH way = SHORTEST 12 (a:Entity {id: $start})(()-[r WHERE r.claims IS NOT NULL]-(:Entity)){1,7}(b:Entity {id: $end})
  RETURN collect(way) AS found
}
WITH found, is_now AND all(way IN found WHERE all(x IN relationships(way)
  WHERE any(claim IN x.claims WHERE EXISTS { MATCH (c:Claim {id: claim}) WHERE live(c) }))) AS is_sound
CALL (found, is_sound) {
  WITH found, is_sound WHERE is_sound
  UNWIND found AS way
  RETURN way
  UNION ALL
  WITH is_sound WHERE NOT is_sound
  MATCH way = SHORTEST 12 (a:Entity {id: $start})
    (()-[r WHERE any(claim IN r.claims WHERE EXISTS { MATCH (c:Claim {id: claim}) WHERE live(c) })]-(:Entity)){1,7}
    (b:Entity {id: $end})
  RETURN way
}
WITH way, length(way) AS steps, [n IN nodes(way) | n.id] AS ids, [x IN relationships(way) | type(x)] AS types
ORDER BY steps, ids, types
WITH collect(way)[..$most] AS ways
UNWIND range(0, size(ways) - 1) AS number
WITH number + 1 AS path, ways[number] AS way
UNWIND range(0, length(way) - 1) AS position
WITH path, position + 1 AS step, nodes(way)[position] AS origin, relationships(way)[position] AS r, nodes(way)[position + 1] AS target
CALL (r) {
  UNWIND r.claims AS claim_id
  MATCH (c:Claim {id: claim_id})
  WHERE live(c)
  WITH c ORDER BY c.id
  RETURN collect(c.id) AS live_claims
}
RETURN path, step, origin.id AS origin, type(r) AS relationship,
       CASE WHEN startNode(r) = origin THEN 'forward' ELSE 'backward' END AS direction, target.id AS target,
       r.disputed AS disputed, live_claims AS claims
ORDER BY path, step
