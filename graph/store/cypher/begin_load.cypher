// Begins a load, or takes up one that broke off; whoever was at work until now is not any more. The others are locked
// before their status is read, so that one that ends meanwhile stays finished.
OPTIONAL MATCH (other:Load {status: 'running'})
WHERE other.id <> $id
SET other.locked = true
REMOVE other.locked
WITH collect(CASE WHEN other.status = 'running' THEN other END) AS others
FOREACH (other IN others |
  SET other.status = 'broken off'
  REMOVE other.run)
MERGE (l:Load {id: $id})
ON CREATE SET l += $properties, l.recorded_at = $now, l.started_at = $now, l.status = 'running'
SET l.run = $run
RETURN l.recorded_at AS recorded_at
