// Marks the subjects of claims that changed, so that the current view is made anew for them
UNWIND $ids AS id
MATCH (e:Entity {id: id})
SET e:Stale
