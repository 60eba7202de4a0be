// A closed claim is made again: the first node says as which new one
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c.returned_as = row.returned_as, c.returns = row.returns
