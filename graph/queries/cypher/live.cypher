// Does the graph make this claim at the times that are asked about? A list of states, such as a register of office
// holders, does not make the years before its publication unknown; an uncited or redacted claim is never live. Written
// without OR: Neo4j tries to find by each side of one, and planning takes a third longer.
(c.recorded_at <= $recorded_at AND coalesce(c.retracted_at > $recorded_at, true) AND c.redacted IS NULL
AND coalesce(c.register, c.known_latest <= $known_at)
AND CASE WHEN c.unchecked IS NULL THEN true ELSE $include_unchecked END AND EXISTS { (c)-[:CITES]->() })
