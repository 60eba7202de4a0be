// The loads of one source, the newest first; `is_newest` where no load of any source was recorded later
MATCH (l:Load {source: $source})
RETURN l.id AS id, l.fingerprint AS fingerprint, l.status AS status, l.schema AS schema, l.claims AS claims,
       l.rows AS rows, l.versions AS versions,
       NOT EXISTS { MATCH (later:Load) WHERE later.recorded_at > l.recorded_at } AS is_newest
ORDER BY l.recorded_at DESC, id DESC
