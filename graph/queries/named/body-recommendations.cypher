// What was ever recommended to a body, by whom, with which answers; by name, as a member of a class, and as an addressee?
// valid time: row
// parameter body: Body, required - the body; its successors are asked about by themselves
// parameter with_predecessors: boolean, default no - also what its predecessors were told, as far as it came down to the body
// column how: text - by_name, by_office, as_member, document (a set of which no item was seen) or addressee (no recommendation)
// column through: Group|Office|Body - the class or office, where it is not the body itself
// column membership: text - whether the body was in the class, or had the office, on the day the document was published: certain, possible or unknown
// column item: Recommendation|Document|Decision - the recommendation, or the document or decision
// column number: text - its number as printed
// column role: list - must_act, consulted or oversees
// column document: Document - where it is made; empty where no document says
// column inquiry: entities - the inquiries that produced the document
// column date: text - when the document was published
// column answers_of_target: list - the body's own answers, with those of the bodies on the path of successions
// column answers_of_others: list - answers of others, the whole document's among them
// column predecessor: Body - which body was told, where it was one that came before
// column inherited: text - whether what it was told came down to the body: certain, or possible where a split, a limited scope or a part of the functions leaves that open
// column path: entities - from the predecessor to the body, in the order of successions
// column successions: list - each step on the path: when and how, as documents give it
CALL () {
  RETURN $body AS told, [] AS paths
  UNION
  WITH $body AS heir, null AS by_day
  WHERE $with_predecessors
  CALL predecessors(heir, by_day)
  RETURN told, paths
}
CALL (told) {
  RETURN told AS through, 'by_name' AS how, [] AS ways
  UNION
  MATCH (o:Claim {object: told, predicate: 'OFFICE_OF'})
  WHERE live(o)
  RETURN o.subject AS through, 'by_office' AS how, collect([o]) AS ways
  UNION
  MATCH (g:Claim {subject: told, predicate: 'MEMBER_OF'})
  WHERE live(g)
  RETURN g.object AS through, 'as_member' AS how, collect([g]) AS ways
  UNION
  MATCH (g:Claim {subject: told, predicate: 'MEMBER_OF'})
  WHERE live(g)
  MATCH (h:Claim {subject: g.object, predicate: 'MEMBER_OF'})
  WHERE live(h)
  RETURN h.object AS through, 'as_member' AS how, collect([g, h]) AS ways
  UNION
  MATCH (o:Claim {object: told, predicate: 'OFFICE_OF'})
  WHERE live(o)
  MATCH (g:Claim {subject: o.subject, predicate: 'MEMBER_OF'})
  WHERE live(g)
  RETURN g.object AS through, 'as_member' AS how, collect([o, g]) AS ways
}
WITH told, paths, through, how, reduce(together = [], some IN collect(ways) | together + some) AS ways
CALL (through, how) {
  MATCH (t:Claim {object: through, predicate: 'TARGETS'})
  WHERE live(t)
  RETURN t, CASE WHEN t.subject STARTS WITH 'document:' THEN 'document' ELSE how END AS kind
  UNION
  MATCH (t:Claim {object: through, predicate: 'ADDRESSED_TO'})
  WHERE how <> 'as_member' AND live(t)
  RETURN t, 'addressee' AS kind
}
WITH told, paths, through, ways, kind, t ORDER BY t.id
WITH told, paths, through, ways, kind, t.subject AS item, collect(t) AS links
CALL (item, kind) {
  MATCH (m:Claim {subject: item, predicate: 'MADE_IN'})
  WHERE kind <> 'document' AND live(m)
  RETURN m.object AS document, collect(m.id) AS made
  UNION
  WITH item, kind
  WHERE item STARTS WITH 'recommendation:' AND NOT EXISTS { MATCH (m:Claim {subject: item, predicate: 'MADE_IN'}) WHERE live(m) }
  RETURN null AS document, [] AS made
  UNION
  WITH item, kind
  WHERE item STARTS WITH 'document:'
  RETURN item AS document, [] AS made
  UNION
  WITH item, kind
  WHERE item STARTS WITH 'decision:'
  RETURN null AS document, [] AS made
}
CALL (document, item) {
  OPTIONAL MATCH (d:Claim)
  WHERE d.subject = coalesce(document, item) AND d.predicate IN ['published', 'date'] AND live(d)
  WITH d ORDER BY d.value_earliest, d.id
  RETURN collect(d) AS days
}
WITH *, head(days) AS day
WITH *, CASE WHEN size(ways) = 0 THEN null WHEN day IS NULL THEN 'unknown'
             WHEN any(way IN ways WHERE all(g IN way WHERE g.from_latest <= day.value_earliest AND day.value_latest < g.until_earliest)) THEN 'certain'
             WHEN any(way IN ways WHERE all(g IN way WHERE g.from_earliest <= day.value_latest AND day.value_earliest < g.until_latest)) THEN 'possible'
             ELSE 'no' END AS membership
WHERE membership IS NULL OR membership <> 'no'
WITH *, coalesce(day.value_earliest, date('0001-01-02')) AS since, [p IN paths WHERE day IS NULL OR day.value_earliest <= p.until] AS open_paths
WITH *, head([p IN open_paths WHERE NOT p.is_open AND p.moved < since]) AS certain_path
WHERE told = $body OR size(open_paths) > 0
WITH told, coalesce(certain_path, head(open_paths)) AS line, certain_path, through, membership, kind, item, links, document, made, day, ways, days
WITH told, line, CASE WHEN line IS NULL THEN null WHEN certain_path IS NULL THEN 'possible' ELSE 'certain' END AS inherited,
     coalesce(line.entities, [told]) AS heirs, through, membership, kind, item, links, document, made, day,
     [t IN links | t.id] + reduce(ids = [], way IN ways | ids + [g IN way WHERE NOT g.id IN ids | g.id]) + made + [d IN days | d.id]
       + coalesce(line.claims, []) AS found
// page: CASE kind WHEN 'by_name' THEN 0 WHEN 'by_office' THEN 1 WHEN 'as_member' THEN 2 WHEN 'document' THEN 3 ELSE 4 END, day.value_text, item, CASE WHEN through = told THEN null ELSE through END, CASE WHEN told = $body THEN null ELSE told END
CALL (document) {
  OPTIONAL MATCH (p:Claim {object: document, predicate: 'PRODUCED'})
  WHERE live(p)
  WITH p ORDER BY p.subject, p.id
  RETURN collect(p) AS produced
}
CALL (item, document) {
  MATCH (r:Claim {object: item, predicate: 'RESPONDS_TO'})
  WHERE live(r)
  RETURN r, false AS blanket
  UNION
  MATCH (r:Claim {object: document, predicate: 'RESPONDS_TO'})
  WHERE item <> document AND r.count = r.of AND live(r)
  RETURN r, true AS blanket
  UNION
  RETURN null AS r, false AS blanket
}
OPTIONAL MATCH (b:Claim {subject: r.subject, predicate: 'MADE_BY'})
WHERE live(b)
OPTIONAL MATCH (w:Claim {subject: r.subject, predicate: 'date'})
WHERE live(w)
WITH told, line, inherited, heirs, through, membership, kind, item, links, document, made, day, found, produced, r, blanket, b, w ORDER BY w.value_earliest, r.id, b.object, b.id, w.id
WITH told, line, inherited, heirs, through, membership, kind, item, links, document, made, day, found, produced, r, blanket, head(collect(DISTINCT w.value_text)) AS answered_on,
     collect(DISTINCT b.object) AS by, collect(DISTINCT b.id) + collect(DISTINCT w.id) AS behind
WITH told, line, inherited, heirs, through, membership, kind, item, links, document, made, day, found, produced, r, blanket, answered_on, by, behind,
     COLLECT { UNWIND by AS one MATCH (e:Entity {id: one}) RETURN coalesce(e.name, one) ORDER BY one } AS names
WITH told, line, inherited, heirs, through, membership, kind, item, links, document, made, day, found, produced,
     collect(CASE WHEN r IS NOT NULL THEN {own: any(one IN by WHERE one IN heirs) OR through IN by, claim: r.id, behind: behind,
       text: coalesce(answered_on + ' ', '') + coalesce(reduce(all_names = null, name IN names | CASE WHEN all_names IS NULL THEN name ELSE all_names + ' and ' + name END) + ': ', '')
         + coalesce(r.position, 'no position') + CASE WHEN blanket THEN ' (all)' ELSE '' END + coalesce(' (“' + r.words + '”)', '')} END) AS answers
CALL (item) {
  OPTIONAL MATCH (n:Claim {subject: item, predicate: 'number'})
  WHERE live(n)
  WITH n ORDER BY n.value_text, n.id
  RETURN collect(n) AS numbers
}
RETURN kind AS how, CASE WHEN through = told THEN null ELSE through END AS through,
       membership,
       item, reduce(text = null, n IN numbers | CASE WHEN text IS NULL THEN n.value_text WHEN n.value_text IN split(text, ' or ') THEN text ELSE text + ' or ' + n.value_text END) AS number,
       reduce(known = [], t IN links | CASE WHEN t.role IS NULL OR t.role IN known THEN known ELSE known + t.role END) AS role,
       document, reduce(known = [], p IN produced | CASE WHEN p.subject IN known THEN known ELSE known + p.subject END) AS inquiry,
       day.value_text AS date, reduce(known = [], a IN answers | CASE WHEN NOT a.own OR a.text IN known THEN known ELSE known + a.text END) AS answers_of_target,
       reduce(known = [], a IN answers | CASE WHEN a.own OR a.text IN known THEN known ELSE known + a.text END) AS answers_of_others,
       CASE WHEN told = $body THEN null ELSE told END AS predecessor, inherited, coalesce(line.entities, []) AS path, coalesce(line.steps, []) AS successions,
       found + [p IN produced | p.id]
         + reduce(ids = [], a IN answers | ids + [a.claim] + a.behind) + [n IN numbers | n.id] AS claims
ORDER BY CASE how WHEN 'by_name' THEN 0 WHEN 'by_office' THEN 1 WHEN 'as_member' THEN 2 WHEN 'document' THEN 3 ELSE 4 END, date, item, through, predecessor
