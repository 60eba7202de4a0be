// Are there nodes that are neither entities nor claims, versions or loads? All these numbers are kept by Neo4j
MATCH (n)
WITH count(n) AS nodes
RETURN nodes <> COUNT { (:Entity) } + COUNT { (:Claim) } + COUNT { (:Version) } + COUNT { (:Load) } AS foreign
