// A second source makes the same claim: it stays when the first one drops it
UNWIND $ids AS id
MATCH (c:Claim {id: id})
SET c.also_from = coalesce(c.also_from, []) + $source, c.shared = true
