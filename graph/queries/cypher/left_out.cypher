// How many unchecked claims stand behind these rows?
UNWIND claims AS cited_id
MATCH (cited:Claim {id: cited_id})
WHERE cited.unchecked IS NOT NULL
RETURN count(DISTINCT cited) AS unchecked
