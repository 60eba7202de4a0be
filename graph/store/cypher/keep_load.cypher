// Is this run of the load still the one at work? It stays so until the transaction ends
MATCH (l:Load {id: $id, run: $run})
SET l.run = $run
RETURN l.id AS id
