// Marks the graph as one into which a backup is being restored
MERGE (l:Load {id: $id})
SET l.loader = 'restore', l.source = $source, l.status = 'restoring', l.started_at = $now, l.recorded_at = $now
