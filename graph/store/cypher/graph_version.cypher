// What changes with every load; `began` is when the load that is at work began, none where none is
MATCH (l:Load)
WITH l ORDER BY l.id
RETURN collect([l.id, l.status, toString(l.finished_at)]) AS loads,
       min(CASE l.status WHEN 'running' THEN l.recorded_at END) AS began,
       any(status IN collect(l.status) WHERE status = 'restoring') AS is_restored
