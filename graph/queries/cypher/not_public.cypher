// How many of the claims behind these rows are not shown to be public by a day?
UNWIND claims AS cited_id
MATCH (cited:Claim {id: cited_id})
WHERE cited.known_latest > $public_by AND cited.register IS NULL
RETURN count(DISTINCT cited) AS not_public
