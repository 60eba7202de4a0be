// How many unchecked claims stand behind these rows?
UNWIND claims AS claim_id
MATCH (left_out:Claim {id: claim_id})
WHERE left_out.unchecked IS NOT NULL
RETURN count(DISTINCT left_out) AS unchecked
