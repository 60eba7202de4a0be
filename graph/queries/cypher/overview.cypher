// The inquiries and bodies to which most leads, for an overview of the whole graph
CALL () {
  MATCH (e:Inquiry)
  RETURN e, 0 AS kind
  UNION ALL
  MATCH (e:Body)
  RETURN e, 1 AS kind
}
WITH e, kind, COUNT { (e)--() } AS degree
WHERE degree > 0
ORDER BY kind, degree DESC, e.id
WITH kind, collect(e.id) AS ids
UNWIND ids[..$most] AS id
RETURN id
ORDER BY kind, id
