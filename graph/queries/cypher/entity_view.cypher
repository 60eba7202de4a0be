// An entity as the current view has it
MATCH (e:Entity {id: $id})
RETURN properties(e) AS properties, [label IN labels(e) WHERE NOT label IN ['Entity', 'Stale']] AS labels
