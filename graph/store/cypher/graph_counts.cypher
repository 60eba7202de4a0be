// How many nodes there are of each label, and relationships of each type, as Neo4j keeps count of them
CALL db.stats.retrieve('GRAPH COUNTS')
YIELD data
RETURN data.nodes AS nodes, data.relationships AS relationships
