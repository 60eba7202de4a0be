// Ends a load with its counts
MATCH (l:Load {id: $id})
SET l += $properties, l.status = 'finished', l.finished_at = $now
REMOVE l.run
