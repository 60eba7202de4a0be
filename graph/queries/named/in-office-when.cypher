// Who held the offices of the bodies that a decision, event or recommendation names, on its day, and who was responsible?
// valid time: row
// parameter about: Decision|Event|Recommendation, required - the decision, event or recommendation
// column named: Body|Office|Group - the body, office or group that it names
// column as: text - in which part it is named
// column office: Office - the office; empty where no office of it is loaded
// column person: Person - who held it; empty where the loaded documents name nobody
// column held: text - certain, possible or unknown
// column responsible: text - whether a claim calls this office responsible: certain, possible or unknown
// column first_day: date - the first day that is asked about
// column last_day: date - the last day, where its date is not known to the day
// column shown_public_then: boolean - whether a document about the term was public by the last day
CALL () {
  MATCH (w:Claim {subject: $about, predicate: 'date'})
  WHERE live(w)
  RETURN w.value_earliest AS earliest, w.value_latest AS latest, [w.id] AS dated
  UNION
  MATCH (m:Claim {subject: $about, predicate: 'MADE_IN'})
  WHERE live(m)
  MATCH (w:Claim {subject: m.object, predicate: 'published'})
  WHERE live(w)
  RETURN w.value_earliest AS earliest, w.value_latest AS latest, [m.id, w.id] AS dated
  UNION
  RETURN null AS earliest, null AS latest, [] AS dated
}
WITH earliest, latest, dated ORDER BY dated
WITH coalesce(min(earliest), date('0001-01-01')) AS first_day, coalesce(max(latest), date('9999-12-31')) AS last_day,
     reduce(all_dated = [], ids IN collect(dated) | all_dated + [id IN ids WHERE NOT id IN all_dated]) AS dated
MATCH (n:Claim)
WHERE n.subject = $about AND n.predicate IN ['MADE_BY', 'ADDRESSED_TO', 'CONCERNS', 'INVOLVED', 'TARGETS'] AND live(n)
  AND split(n.object, ':')[0] IN ['body', 'office', 'group']
WITH first_day, last_day, dated, n ORDER BY n.id
WITH first_day, last_day, dated, n.object AS named, n.predicate AS as, collect(n.id) AS naming
OPTIONAL CALL (named, first_day, last_day) {
  MATCH (o:Claim {object: named, predicate: 'OFFICE_OF'})
  WHERE live(o) AND o.from_earliest <= last_day AND o.until_latest > first_day
  WITH first_day, last_day, o ORDER BY o.id
  WITH first_day, last_day, o.subject AS office, collect(o) AS all_posts
  RETURN office, [x IN all_posts | x.id] AS posts,
         any(x IN all_posts WHERE x.from_latest <= first_day AND last_day < x.until_earliest) AS certain_post
  UNION
  MATCH (o:Office {id: named})
  RETURN o.id AS office, [] AS posts, true AS certain_post
}
OPTIONAL CALL (office) {
  CALL () {
    RETURN $about AS matter, [] AS through
    UNION
    MATCH (t:Claim {subject: $about, predicate: 'ABOUT'})
    WHERE live(t)
    RETURN t.object AS matter, [t.id] AS through
  }
  MATCH (r:Claim {subject: office, predicate: 'RESPONSIBLE_FOR'})
  WHERE r.object = matter AND live(r)
  RETURN r, through
}
WITH first_day, last_day, dated, named, as, naming, office, coalesce(posts, []) AS posts, certain_post, r, through ORDER BY r.id
WITH first_day, last_day, dated, named, as, naming, office, posts, certain_post,
     collect(CASE WHEN r IS NOT NULL AND r.from_earliest <= last_day AND r.until_latest > first_day THEN {c: r, through: through} END) AS duties
OPTIONAL MATCH (h:Claim {object: office, predicate: 'HELD'})
WHERE h.deprecated IS NULL AND live(h)
WITH first_day, last_day, dated, named, as, naming, office, posts, certain_post, duties, h ORDER BY h.id
WITH first_day, last_day, dated, named, as, naming, office, posts, certain_post, duties, collect(h) AS everybody
OPTIONAL CALL (everybody, first_day, last_day) {
  UNWIND everybody AS h
  WITH h, everybody, first_day, last_day, [o IN everybody WHERE same_term(h, o)] AS peers
  WHERE all(o IN peers WHERE o.from_earliest <= last_day AND o.until_latest > first_day)
  WITH h, any(o IN peers WHERE o.from_latest <= first_day) AND any(o IN peers WHERE last_day < o.until_earliest) AS is_certain
  RETURN h.subject AS person, h.acting AS acting, h.interim AS interim, is_certain, collect(h) AS terms
}
WITH *, CASE WHEN person IS NULL THEN 'unknown' WHEN certain_post AND is_certain THEN 'certain' ELSE 'possible' END AS held
RETURN named, as, office, person, held,
       CASE WHEN size(duties) = 0 THEN 'unknown'
            WHEN any(d IN duties WHERE d.c.from_latest <= first_day AND last_day < d.c.until_earliest) THEN 'certain'
            ELSE 'possible' END AS responsible,
       CASE WHEN size(dated) > 0 THEN first_day END AS first_day, CASE WHEN size(dated) > 0 THEN last_day END AS last_day,
       CASE WHEN person IS NOT NULL THEN any(h IN terms WHERE h.known_latest <= last_day) END AS shown_public_then,
       [h IN coalesce(terms, []) | h.id] + posts + reduce(ids = [], d IN duties | ids + [d.c.id] + d.through) + naming + dated AS claims
ORDER BY named, as, office, held, person
