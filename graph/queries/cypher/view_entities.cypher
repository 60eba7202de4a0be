// Entities with their names and kinds, and how many relationships of the current view each has
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id, <NAME> AS name, [label IN labels(e) WHERE NOT label IN ['Entity', 'Stale']] AS labels, e.summary AS summary,
       e.unchecked IS NOT NULL AS unchecked, COUNT { (e)-[:<TYPES>]-() } AS relationships
ORDER BY id
