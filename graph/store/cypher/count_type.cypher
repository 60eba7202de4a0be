// How many relationships of a type there are, which of them one document alone makes, which are disputed, and the same
// for the claims that make them
MATCH ()-[r:<TYPE>]->()
RETURN count(r) AS relationships, sum(CASE r.documents WHEN 1 THEN 1 ELSE 0 END) AS of_one_document,
       sum(CASE WHEN r.disputed THEN 1 ELSE 0 END) AS disputed, sum(size(r.claims)) AS claims,
       sum(CASE r.documents WHEN 1 THEN size(r.claims) ELSE 0 END) AS claims_of_one_document
