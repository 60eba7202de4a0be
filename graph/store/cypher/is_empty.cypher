// Does the graph hold any claim or entity?
RETURN NOT EXISTS { (:Claim) } AND NOT EXISTS { (:Entity) } AS empty
