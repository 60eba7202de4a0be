// Claims that another one contradicts
UNWIND $ids AS id
MATCH (c:Claim {id: id})
SET c.contested = true
