// What came before a body, office or class (`heir`), with the paths of successions from there to it: `told`, and
// `paths`, the shortest first. Each path has its `entities`, its `steps` in words, and its `claims`. What the first was
// told before `until` may have come down the whole path; it has for certain where the path is not `is_open` (a split,
// functions moved, a scope, or a step that by `by_day`, where there is one, is only possible) and where after `moved`
// nothing on the way had another successor. No entity stands twice on a path, and what moved on before something
// arrived did not take it along.
CALL (heir, by_day) {
  MATCH (:Entity {id: heir})
    (()<-[:OBJECT]-(c:Claim WHERE c.predicate = 'SUCCEEDED_BY' AND live(c) AND NOT EXISTS {
      MATCH (twin:Claim {subject: c.subject, predicate: 'SUCCEEDED_BY'})
      WHERE twin.object = c.object AND twin.id < c.id AND live(twin)
    })-[:SUBJECT]->(:Entity)){1,12} ()
  WITH heir, by_day, reverse(c) AS links
  WHERE all(place IN range(0, size(links) - 1) WHERE links[place].subject <> heir
    AND NOT links[place].subject IN [link IN links[..place] | link.subject])
  UNWIND range(0, size(links) - 1) AS place
  WITH by_day, [link IN links | link.id] AS path, links, place, links[place] AS link
  CALL (link) {
    MATCH (s:Claim {subject: link.subject, predicate: 'SUCCEEDED_BY'})
    WHERE live(s)
    WITH s ORDER BY s.from_latest, s.from_earliest DESC, s.id
    WITH s.object AS later, collect(s) AS says, max(s.from_earliest) AS one, min(s.from_latest) AS other
    RETURN collect({later: later, says: says, earliest: CASE WHEN one > other THEN other ELSE one END,
      latest: CASE WHEN one > other THEN one ELSE other END}) AS ways
  }
  WITH by_day, path, place, link, head([way IN ways WHERE way.later = link.object]) AS way,
       reduce(day = date('0001-01-01'), way IN ways | CASE WHEN way.later <> link.object AND way.latest > day AND (by_day IS NULL OR way.earliest <= by_day) THEN way.latest ELSE day END) AS elsewhere
  WITH by_day, path, place, link.subject AS earlier, link.object AS later, way.says AS says, way.earliest AS earliest, way.latest AS latest, elsewhere,
       any(s IN way.says WHERE coalesce(s.how, '') IN ['split', 'functions_moved'] OR s.scope IS NOT NULL) AS is_part
  ORDER BY path, place
  WITH by_day, path, collect({earlier: earlier, later: later, says: says, earliest: earliest, latest: latest, elsewhere: elsewhere, is_part: is_part}) AS steps
  WHERE all(place IN range(0, size(steps) - 1) WHERE (by_day IS NULL OR steps[place].earliest <= by_day)
    AND (NOT steps[place].is_part OR all(before IN steps[..place] WHERE before.earliest <= steps[place].latest)))
  WITH head(steps).earlier AS told, {
    entities: [head(steps).earlier] + [step IN steps | step.later],
    steps: [step IN steps | coalesce(head([s IN step.says WHERE s.on_text IS NOT NULL | s.on_text]), 'undated') + ' '
      + coalesce(reduce(known = null, s IN step.says | CASE WHEN s.how IS NULL THEN known WHEN known IS NULL THEN s.how
          WHEN s.how IN split(known, ' or ') THEN known ELSE known + ' or ' + s.how END), 'succeeded')
      + coalesce(' (' + head([s IN step.says WHERE s.scope IS NOT NULL | s.scope]) + ')', '')],
    claims: reduce(ids = [], step IN steps | ids + [s IN step.says | s.id]),
    is_open: any(step IN steps WHERE step.is_part OR (by_day IS NOT NULL AND step.latest > by_day)),
    until: reduce(day = date('9999-12-31'), step IN steps | CASE WHEN step.is_part AND step.latest < day THEN step.latest ELSE day END),
    moved: reduce(day = date('0001-01-01'), place IN range(0, size(steps) - 1) |
      CASE WHEN steps[place].elsewhere > day AND all(before IN steps[..place] WHERE before.earliest <= steps[place].elsewhere)
           THEN steps[place].elsewhere ELSE day END)
  } AS path
  ORDER BY size(path.steps), path.claims
  RETURN told, collect(path) AS paths
}
