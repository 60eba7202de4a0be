// The inquiries and bodies of which most is said, for an overview of the whole graph; who only published does not count
CALL () {
  MATCH (e:Inquiry)
  RETURN e, 0 AS kind, COUNT { (e)--() } AS degree
  UNION ALL
  MATCH (e:Body)
  RETURN e, 1 AS kind, COUNT { (e)<-[:TARGETS|MADE_BY|COMMISSIONED_BY|CARRIED_OUT_BY|OFFICE_OF|EXAMINES]-() } AS degree
}
WITH e, kind, degree
WHERE degree > 0
ORDER BY kind, degree DESC, e.id
WITH kind, collect(e.id) AS ids
UNWIND ids[..$most] AS id
RETURN id
ORDER BY kind, id
