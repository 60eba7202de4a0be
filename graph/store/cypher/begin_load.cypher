// Begins a load, or takes up one that broke off, where the loads of its source are those that it was compared with,
// or where this was done already and the driver tries again
WITH COLLECT { MATCH (l:Load {source: $properties.source}) RETURN l.id + ' ' + l.status AS load ORDER BY load } AS loads
WHERE loads = $compared OR EXISTS { (:Load {id: $id, run: $run}) }
MERGE (l:Load {id: $id})
ON CREATE SET l += $properties, l.recorded_at = $now, l.started_at = $now, l.status = 'running'
SET l.run = $run
RETURN l.recorded_at AS recorded_at
