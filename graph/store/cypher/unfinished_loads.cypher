// Loads that broke off
MATCH (l:Load {status: 'running'})
RETURN l.id AS id, l.source AS source
ORDER BY id
