// The nodes that a relationship names as its ends, with their labels and properties
MATCH (n)
WHERE elementId(n) IN $ids
RETURN n
ORDER BY elementId(n)
