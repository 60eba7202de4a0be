// Gives entities of the current view their values
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e = row.properties
