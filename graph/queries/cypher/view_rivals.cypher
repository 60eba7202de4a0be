// The claims that these cannot stand beside
UNWIND $claims AS id
MATCH (cited:Claim {id: id})
MATCH (rival:Claim {subject: cited.subject, predicate: cited.predicate})
WHERE live(rival) AND disagree(cited, rival)
RETURN id, rival.id AS rival
ORDER BY id, rival
