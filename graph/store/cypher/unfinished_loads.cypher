// Loads and restores that broke off
MATCH (l:Load)
WHERE l.status IN ['running', 'restoring']
RETURN l.id AS id, l.source AS source
ORDER BY id
