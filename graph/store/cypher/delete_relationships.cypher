// Plain relationships that no claim supports any more
UNWIND $elements AS element
MATCH (s)-[r]->()
WHERE elementId(r) = element
DELETE r
