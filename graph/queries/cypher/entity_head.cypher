// Name and labels of an entity
MATCH (e:Entity {id: $id})
RETURN coalesce(e.name, e.name_values[0]) AS name, [label IN labels(e) WHERE NOT label IN ['Entity', 'Stale']] AS labels
