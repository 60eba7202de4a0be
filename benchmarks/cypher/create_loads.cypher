// The load to which the claims belong
UNWIND $rows AS row
CREATE (l:Load)
SET l = row
