// Of each load its source and how many claims it made
MATCH (l:Load)
WHERE l.source IS NOT NULL
RETURN l.id AS load, l.source AS source, l.status AS status, toString(l.finished_at) AS finished_at, l.versions AS versions,
       COUNT { (:Claim {load: l.id}) } AS claims
ORDER BY source, l.recorded_at, load
