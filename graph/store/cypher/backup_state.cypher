// What changes when a load writes: how many claims, closed ones, redacted ones, citations and versions there are
MATCH (c:Claim)
WITH count(c) AS claims, count(c.retracted_at) AS closed, count(c.redacted) AS redacted
RETURN claims, closed, redacted, COUNT { ()-[:CITES]->() } AS citations, COUNT { (:Version) } AS versions
