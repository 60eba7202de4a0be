// Who held the offices of the bodies that a decision, event, recommendation or document names, on its day, and who was responsible?
// valid time: row
// parameter about: Decision|Event|Recommendation|Document, required - the decision, event, recommendation or document, such as a coroner's report
// column named: Body|Office|Group - the body, office or group that it names; empty where it names none
// column as: text - in which part it is named; PUBLISHED_BY: it published the document in which the decision was announced; RESPONSIBLE_FOR: a claim calls this office responsible
// column part: Body - where a government is named: the part of it that has the office
// column office: Office - the office; empty where no office of it is loaded
// column person: Person - who held it; empty where the loaded documents name nobody
// column held: text - certain, possible or unknown
// column responsible: text - whether a claim calls this office responsible: certain, possible or unknown
// column responsible_for: entities - the recommendation or topic for which it does
// column since: text - the start of the term, as the document gives it that says it most precisely
// column until: text - the end likewise; empty where no document gives one
// column still_on: date - where no document gives an end, the last day for which one says that the term went on
// column seen_on: list - days of which a document says that this person held the office then
// column end_before_start: boolean - whether a document lets the term end before it starts: kept as given, and certain on no day
// column acting: text - whether acting or temporary
// column interim: text - whether as an interim
// column on_leave: text - whether on leave
// column first_day: date - the first day that is asked about; where documents give several dates, those on which they agree
// column last_day: date - the last day, where its date is not known to the day
// column shown_public_then: boolean - whether a document about the term was public by the last day
CALL () {
  MATCH (w:Claim)
  WHERE w.subject = $about AND w.predicate IN ['date', 'published'] AND live(w)
  RETURN w AS day, [w.id] AS dated
  UNION
  MATCH (m:Claim {subject: $about, predicate: 'MADE_IN'})
  WHERE live(m)
  MATCH (w:Claim {subject: m.object, predicate: 'published'})
  WHERE live(w)
  RETURN w AS day, [m.id, w.id] AS dated
  UNION
  RETURN null AS day, [] AS dated
}
WITH day, dated ORDER BY dated
WITH collect(day) AS days, collect(CASE WHEN day.deprecated IS NULL THEN day END) AS sound_days,
     reduce(all_dated = [], ids IN collect(dated) | all_dated + [id IN ids WHERE NOT id IN all_dated]) AS dated
CALL (days, sound_days) {
  UNWIND CASE WHEN size(sound_days) > 0 THEN sound_days ELSE days END AS day
  WITH min(day.value_earliest) AS earliest, max(day.value_earliest) AS agreed_first,
       max(day.value_latest) AS latest, min(day.value_latest) AS agreed_last
  RETURN coalesce(CASE WHEN agreed_first <= agreed_last THEN agreed_first ELSE earliest END, date('0001-01-01')) AS first_day,
         coalesce(CASE WHEN agreed_first <= agreed_last THEN agreed_last ELSE latest END, date('9999-12-31')) AS last_day
}
CALL () {
  RETURN $about AS matter, [] AS through
  UNION
  MATCH (t:Claim)
  WHERE t.subject = $about AND t.predicate IN ['ABOUT', 'CONCERNS'] AND t.object STARTS WITH 'topic:' AND live(t)
  RETURN t.object AS matter, [t.id] AS through
  UNION
  MATCH (a:Claim {subject: $about, predicate: 'RESPONDS_TO'})
  WHERE live(a)
  OPTIONAL MATCH (t:Claim {subject: a.object, predicate: 'ABOUT'})
  WHERE live(t)
  UNWIND [{matter: a.object, through: [a.id]}, {matter: t.object, through: [a.id, t.id]}] AS one
  WITH one.matter AS matter, one.through AS through
  WHERE matter IS NOT NULL
  RETURN matter, through
}
WITH first_day, last_day, dated, matter, through ORDER BY matter, through
WITH first_day, last_day, dated, collect({matter: matter, through: through}) AS matters
OPTIONAL CALL (matters, first_day, last_day) {
  MATCH (n:Claim)
  WHERE n.subject = $about AND n.predicate IN ['MADE_BY', 'ADDRESSED_TO', 'CONCERNS', 'INVOLVED', 'TARGETS'] AND live(n)
    AND split(n.object, ':')[0] IN ['body', 'office', 'group']
  RETURN n.object AS named, n.predicate AS as, [n.id] AS naming
  UNION
  MATCH (a:Claim {subject: $about, predicate: 'ANNOUNCED_IN'})
  WHERE live(a)
  MATCH (n:Claim {subject: a.object, predicate: 'PUBLISHED_BY'})
  WHERE live(n) AND n.object STARTS WITH 'body:'
  RETURN n.object AS named, n.predicate AS as, [a.id, n.id] AS naming
  UNION
  UNWIND matters AS one
  WITH one.matter AS matter, one.through AS through, first_day, last_day
  MATCH (n:Claim {object: matter, predicate: 'RESPONSIBLE_FOR'})
  WHERE live(n) AND n.subject STARTS WITH 'office:' AND n.from_earliest <= last_day AND n.until_latest > first_day
  RETURN n.subject AS named, n.predicate AS as, [n.id] + through AS naming
}
WITH first_day, last_day, dated, matters, named, as, naming ORDER BY naming
WITH first_day, last_day, dated, matters, named, as, reduce(ids = [], some IN collect(naming) | ids + [id IN some WHERE NOT id IN ids]) AS naming
OPTIONAL CALL (named, first_day, last_day) {
  MATCH (o:Claim {object: named, predicate: 'OFFICE_OF'})
  WHERE live(o) AND o.from_earliest <= last_day AND o.until_latest > first_day
  WITH first_day, last_day, o ORDER BY o.id
  WITH first_day, last_day, o.subject AS office, collect(o) AS all_posts
  RETURN office, null AS part, [x IN all_posts | x.id] AS posts,
         any(x IN all_posts WHERE x.from_latest <= first_day AND last_day < x.until_earliest) AS certain_post
  UNION
  MATCH (k:Claim {subject: named, predicate: 'kind'})
  WHERE k.value = 'Government' AND live(k)
  WITH named, first_day, last_day, collect(k.id) AS kinds
  MATCH (p:Claim {object: named, predicate: 'PART_OF'})
  WHERE live(p) AND p.from_earliest <= last_day AND p.until_latest > first_day
  MATCH (o:Claim {object: p.subject, predicate: 'OFFICE_OF'})
  WHERE live(o) AND o.from_earliest <= last_day AND o.until_latest > first_day
  WITH first_day, last_day, kinds, p, o ORDER BY p.id, o.id
  WITH first_day, last_day, kinds, o.subject AS office, p.subject AS part, collect(DISTINCT p) AS all_parts, collect(DISTINCT o) AS all_posts
  RETURN office, part, [x IN all_posts + all_parts | x.id] + kinds AS posts,
         any(x IN all_posts WHERE x.from_latest <= first_day AND last_day < x.until_earliest)
           AND any(x IN all_parts WHERE x.from_latest <= first_day AND last_day < x.until_earliest) AS certain_post
  UNION
  MATCH (o:Office {id: named})
  RETURN o.id AS office, null AS part, [] AS posts, true AS certain_post
}
OPTIONAL CALL (office, matters) {
  UNWIND matters AS one
  WITH one.matter AS matter, one.through AS through, office
  MATCH (r:Claim {subject: office, predicate: 'RESPONSIBLE_FOR'})
  WHERE r.object = matter AND live(r)
  RETURN r, through
}
WITH first_day, last_day, dated, named, as, naming, office, part, coalesce(posts, []) AS posts, certain_post, r, through ORDER BY r.object, r.id
WITH first_day, last_day, dated, named, as, naming, office, part, posts, certain_post,
     collect(CASE WHEN r IS NOT NULL AND r.from_earliest <= last_day AND r.until_latest > first_day THEN {c: r, through: through} END) AS duties
OPTIONAL MATCH (h:Claim {object: office, predicate: 'HELD'})
WHERE h.deprecated IS NULL AND live(h)
WITH first_day, last_day, dated, named, as, naming, office, part, posts, certain_post, duties, h ORDER BY h.id
WITH first_day, last_day, dated, named, as, naming, office, part, posts, certain_post, duties, collect(h) AS everybody
OPTIONAL CALL (everybody, first_day, last_day) {
  UNWIND everybody AS h
  WITH h, everybody, first_day, last_day, [o IN everybody WHERE same_term(h, o)] AS peers
  WHERE all(o IN peers WHERE o.from_earliest <= last_day AND o.until_latest > first_day)
  WITH h, any(p IN peers WHERE any(q IN peers WHERE spans(p, q) AND p.from_latest <= first_day AND last_day < q.until_earliest)) AS is_certain,
       reduce(last = date('0001-01-01'), o IN peers | CASE WHEN o.until_earliest > last AND (o.from_latest < o.until_earliest
         OR (is_dated(o) AND o.until_earliest > o.from_earliest)) THEN o.until_earliest ELSE last END) AS went_on,
       [o IN peers | o.id] AS behind,
       reduce(day = h.from_earliest, o IN peers | CASE WHEN o.from_earliest > day THEN o.from_earliest ELSE day END) AS from_earliest
  ORDER BY duration.inDays(h.from_earliest, h.from_latest).days, h.from_earliest, h.id
  WITH h.subject AS person, h.acting AS acting, h.interim AS interim, h.on_leave AS on_leave, is_certain, went_on, from_earliest, collect(h) AS terms, collect(behind) AS all_behind
  RETURN person, acting, interim, on_leave, is_certain, went_on, terms, reduce(ids = [], some IN all_behind | ids + [id IN some WHERE NOT id IN ids]) AS behind,
         head([t IN terms WHERE t.on_text IS NULL AND t.from_text IS NOT NULL | t.from_text]) AS since,
         head(COLLECT { UNWIND terms AS t WITH t WHERE t.on_text IS NULL AND t.until_text IS NOT NULL
           RETURN t.until_text ORDER BY duration.inDays(t.until_earliest, t.until_latest).days, t.id }) AS until,
         COLLECT { UNWIND terms AS t WITH t WHERE t.on_text IS NOT NULL RETURN DISTINCT t.on_text AS day ORDER BY day } AS seen_on
}
WITH *, CASE WHEN person IS NULL THEN 'unknown' WHEN certain_post AND is_certain THEN 'certain' ELSE 'possible' END AS held
RETURN named, as, part, office, person, held,
       CASE WHEN size(duties) = 0 THEN 'unknown'
            WHEN any(d IN duties WHERE d.c.from_latest <= first_day AND last_day < d.c.until_earliest) THEN 'certain'
            ELSE 'possible' END AS responsible,
       reduce(known = [], d IN duties | CASE WHEN d.c.object IN known THEN known ELSE known + d.c.object END) AS responsible_for,
       since, until, CASE WHEN until IS NULL AND went_on > date('0001-01-01') THEN went_on - duration('P1D') END AS still_on, coalesce(seen_on, []) AS seen_on,
       CASE WHEN person IS NOT NULL THEN any(t IN terms WHERE t.dates_refused IS NOT NULL) END AS end_before_start,
       acting, interim, on_leave,
       CASE WHEN size(dated) > 0 THEN first_day END AS first_day, CASE WHEN size(dated) > 0 THEN last_day END AS last_day,
       CASE WHEN person IS NOT NULL THEN any(h IN terms WHERE h.known_latest <= last_day) END AS shown_public_then,
       coalesce(behind, []) + posts + reduce(ids = [], d IN duties | ids + [d.c.id] + d.through) + coalesce(naming, []) + dated AS claims
ORDER BY named, as, part IS NOT NULL, part, office, held, person, since, until
