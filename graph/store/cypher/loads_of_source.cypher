// The loads of one source, the newest first
MATCH (l:Load {source: $source})
RETURN l.id AS id, l.fingerprint AS fingerprint, l.status AS status, l.schema AS schema, l.claims AS claims
ORDER BY l.recorded_at DESC, id DESC
