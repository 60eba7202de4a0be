// Loads that broke off and whose input has changed since: what they wrote belongs to the load that follows
MATCH (l:Load {source: $source, status: 'running'})
WHERE l.id <> $id
SET l.status = 'broken off'
