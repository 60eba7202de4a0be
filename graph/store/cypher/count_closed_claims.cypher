// How many claims are closed, by the load that made them and the reason
MATCH (c:Claim)
WHERE c.retracted_at IS NOT NULL
RETURN c.load AS load, coalesce(c.closing, 'redacted') AS reason, count(c) AS claims
ORDER BY load, reason
