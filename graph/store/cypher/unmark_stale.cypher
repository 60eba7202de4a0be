// The current view is being made anew for these entities; whoever adds claims of them waits until that is done
UNWIND $ids AS id
MATCH (e:Entity {id: id})
REMOVE e:Stale
