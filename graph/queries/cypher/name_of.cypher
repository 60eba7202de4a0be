// The name of an entity in a column, also where only unchecked claims give it one
COALESCE(head(COLLECT { MATCH (named:Entity {id: <ENTITY>}) RETURN COALESCE(named.name, named.name_values[0]) }),
  head(COLLECT { MATCH (called:Claim {subject: <ENTITY>, predicate: 'name'}) WHERE live(called)
  RETURN called.value ORDER BY called.id LIMIT 1 }))
