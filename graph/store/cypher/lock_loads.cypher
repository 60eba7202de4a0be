// What begins a load is done by one after the other: whoever merges a node of this id keeps others from doing so until
// the transaction ends, and nothing is left of it
MERGE (lock:Load {id: 'load:lock'})
DELETE lock
