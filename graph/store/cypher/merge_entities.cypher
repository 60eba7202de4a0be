// Makes sure that the entities of one kind exist; new ones wait for the refresh of the current view
UNWIND $ids AS id
MERGE (e:<LABEL> {id: id})
ON CREATE SET e:Entity:Stale
