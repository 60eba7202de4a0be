// Begins a load, or takes up one that broke off; whoever was at work until now is not any more
OPTIONAL MATCH (other:Load {status: 'running'})
WHERE other.id <> $id
SET other.status = 'broken off'
REMOVE other.run
WITH count(other) AS others
MERGE (l:Load {id: $id})
ON CREATE SET l += $properties, l.recorded_at = $now, l.started_at = $now, l.status = 'running'
SET l.run = $run
RETURN l.recorded_at AS recorded_at
