// Removes what a restore that broke off has left, but for its mark; nothing else was in the graph when it began
MATCH (n:Claim|Entity|Version|Load)
WHERE n.id <> $id
CALL (n) {
  DETACH DELETE n
} IN TRANSACTIONS OF 1000 ROWS
