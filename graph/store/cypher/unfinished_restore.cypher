// A restore that has not come to its end
MATCH (l:Load {status: 'restoring'})
RETURN l.id AS id, l.source AS source
