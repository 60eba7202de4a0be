// The current view is up to date for these entities
UNWIND $ids AS id
MATCH (e:Entity {id: id})
REMOVE e:Stale
