// Takes the loads that run out of their hands, but for $id; their run ends with its next transaction. They are locked
// before their status is read, so that one that ends meanwhile stays finished.
MATCH (other:Load {status: 'running'})
WHERE other.id <> $id
SET other.locked = true
REMOVE other.locked
WITH collect(CASE WHEN other.status = 'running' THEN other END) AS others
FOREACH (other IN others |
  SET other.status = 'broken off'
  REMOVE other.run)
