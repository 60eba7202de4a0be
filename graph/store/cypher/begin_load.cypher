// Begins a load, or takes up one that was broken off
MERGE (l:Load {id: $id})
ON CREATE SET l += $properties, l.recorded_at = $now, l.started_at = $now, l.status = 'running'
RETURN l.recorded_at AS recorded_at, l.status AS status
