// All loads with what is left of them, the newest first
MATCH (l:Load)
RETURN l.id AS load, l.source AS source, l.status AS status, toString(l.started_at) AS started_at,
       toString(l.finished_at) AS finished_at, l.claims AS claims,
       COUNT { MATCH (c:Claim {load: l.id}) WHERE c.retracted_at IS NULL } AS live, l.inputs AS inputs,
       l.versions AS versions, coalesce(l.step_back, false) AS step_back
ORDER BY started_at DESC, load
