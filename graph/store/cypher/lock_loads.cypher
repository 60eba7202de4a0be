// Locks the newest load until the transaction ends, so that what begins a load is done by one after the other
MATCH (newest:Load)
WITH newest ORDER BY newest.recorded_at DESC LIMIT 1
SET newest.locked = true
REMOVE newest.locked
