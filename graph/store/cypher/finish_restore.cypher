// Takes away the mark of a restore
MATCH (l:Load {id: $id})
DELETE l
