// Does the graph make this claim at the times that are asked about? A list of states, such as a register of office
// holders, does not make the years before its publication unknown; an uncited or redacted claim is never live.
(c.recorded_at <= $recorded_at AND (c.retracted_at IS NULL OR c.retracted_at > $recorded_at)
AND c.redacted IS NULL AND (c.known_latest <= $known_at OR c.register IS NOT NULL)
AND ($include_unchecked OR c.unchecked IS NULL) AND EXISTS { (c)-[:CITES]->(:Document) })
