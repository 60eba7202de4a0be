// What changes with every load, and whether one is at work
MATCH (l:Load)
WITH l ORDER BY l.id
RETURN collect([l.id, l.status, toString(l.finished_at)]) AS loads, any(status IN collect(l.status) WHERE status IN ['running', 'restoring']) AS is_changing
