// All loads in the order in which they were recorded
MATCH (l:Load)
WHERE l.source IS NOT NULL AND l.status <> 'restoring'
RETURN l.id AS load, l.source AS source, l.status AS status, l.recorded_at AS recorded_at, l.versions AS versions,
       coalesce(l.step_back, false) AS step_back
ORDER BY l.recorded_at, load
