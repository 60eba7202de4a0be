// Documents with what they are called and where they are
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN id, <NAME> AS title, d.url AS url
ORDER BY id
