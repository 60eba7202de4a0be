// The SHA-256 of these versions, where one is known
UNWIND $ids AS id
MATCH (v:Version {id: id})
WHERE v.sha256 IS NOT NULL
RETURN id, v.sha256 AS sha256
