// These entities and their relationships as the current view has them, and how many claims there are of each
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id, [label IN labels(e) WHERE label <> 'Stale'] AS labels, properties(e) AS properties,
       COUNT { (e)<-[:SUBJECT]-() } AS claims,
       [(e)-[r]->(o:Entity) | {element: elementId(r), type: type(r), object: o.id, properties: properties(r)}] AS relationships
ORDER BY id
