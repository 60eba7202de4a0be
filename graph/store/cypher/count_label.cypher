// How many entities of a kind or sub-kind there are; Neo4j keeps this number
MATCH (n:<LABEL>)
RETURN count(n) AS entities
