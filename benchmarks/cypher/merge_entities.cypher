// Entities with all their labels and properties, made only where they are not there
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
SET e = row, e:<LABELS>
