// Is this run of the load still the one at work? It stays so until the transaction ends. The load is locked before its run
// is read: else what another one began meanwhile could be overwritten.
MATCH (l:Load {id: $id})
SET l.locked = true
REMOVE l.locked
WITH l WHERE l.run = $run
RETURN l.id AS id
