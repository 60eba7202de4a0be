// Loads as a backup has them
UNWIND $rows AS row
MERGE (l:Load {id: row.id})
SET l = row.properties
