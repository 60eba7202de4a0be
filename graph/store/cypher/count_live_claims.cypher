// How many claims of a load are still made?
MATCH (c:Claim {load: $load})
WHERE c.retracted_at IS NULL
RETURN count(c) AS claims
