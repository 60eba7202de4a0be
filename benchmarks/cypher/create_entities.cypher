// Entities with all their labels and properties
UNWIND $rows AS row
CREATE (e:<LABELS>)
SET e = row

