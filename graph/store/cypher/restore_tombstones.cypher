// What is left of redacted claims
UNWIND $rows AS row
MERGE (c:Claim {id: row.id})
SET c = row.properties
