// The name of an entity, also where only unchecked claims give it one
COALESCE(head(COLLECT { MATCH (named_entity:Entity {id: <ENTITY>}) RETURN COALESCE(named_entity.name, named_entity.name_values[0]) }),
  head(COLLECT { MATCH (naming_claim:Claim {subject: <ENTITY>, predicate: 'name'}) WHERE live(naming_claim)
  RETURN naming_claim.value ORDER BY naming_claim.id LIMIT 1 }))
