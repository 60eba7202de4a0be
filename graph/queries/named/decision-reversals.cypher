// Which decisions were reversed by later ones, by whom, and after how long?
// valid time: none
// parameter body: Body|Office|Person - only where this one made the earlier or the later decision
// column earlier: Decision - the decision that was reversed
// column earlier_date: list - when it was taken, as documents say
// column earlier_by: entities - who took it
// column later: Decision - the decision that reverses it
// column later_date: list - when it was taken
// column later_by: entities - who took it
// column days: integer - days between them, where documents agree on both days
// column at_least: integer - the fewest days that can lie between them
// column at_most: integer - the most days that can lie between them
// column method: text - reading, where no document says in so many words that it was reversed, or who took one of the two
CALL () {
  WITH 1 AS everything
  WHERE $body IS NULL
  MATCH (v:Claim {predicate: 'REVERSES'})
  WHERE live(v)
  RETURN v
  UNION
  MATCH (b:Claim {object: $body, predicate: 'MADE_BY'})
  WHERE live(b)
  CALL (b) {
    MATCH (v:Claim {subject: b.subject, predicate: 'REVERSES'})
    RETURN v
    UNION
    MATCH (v:Claim {object: b.subject, predicate: 'REVERSES'})
    RETURN v
  }
  WITH v
  WHERE live(v)
  RETURN v
}
WITH v ORDER BY v.id
WITH v.subject AS later, v.object AS earlier, collect(v) AS links
CALL (earlier) {
  OPTIONAL MATCH (x:Claim)
  WHERE x.subject = earlier AND x.predicate IN ['date', 'MADE_BY'] AND live(x)
  WITH x ORDER BY x.value_earliest, x.value_text, x.object, x.id
  RETURN collect(x) AS before
}
CALL (later) {
  OPTIONAL MATCH (x:Claim)
  WHERE x.subject = later AND x.predicate IN ['date', 'MADE_BY', 'ANNOUNCED_IN'] AND live(x)
  WITH x ORDER BY x.value_earliest, x.value_text, x.object, x.id
  RETURN collect(x) AS after
}
WITH *
WHERE $body IS NULL OR any(x IN before + after WHERE x.predicate = 'MADE_BY' AND x.object = $body)
WITH *, [x IN before WHERE x.predicate = 'date'] AS before_days, [x IN after WHERE x.predicate = 'date'] AS after_days
CALL (before_days) {
  UNWIND CASE WHEN any(x IN before_days WHERE x.deprecated IS NULL) THEN [x IN before_days WHERE x.deprecated IS NULL] ELSE before_days END AS x
  WITH min(x.value_earliest) AS earliest, max(x.value_earliest) AS agreed_first, max(x.value_latest) AS latest, min(x.value_latest) AS agreed_last
  RETURN CASE WHEN agreed_first <= agreed_last THEN agreed_first ELSE earliest END AS b_first,
         CASE WHEN agreed_first <= agreed_last THEN agreed_last ELSE latest END AS b_last
}
CALL (after_days) {
  UNWIND CASE WHEN any(x IN after_days WHERE x.deprecated IS NULL) THEN [x IN after_days WHERE x.deprecated IS NULL] ELSE after_days END AS x
  WITH min(x.value_earliest) AS earliest, max(x.value_earliest) AS agreed_first, max(x.value_latest) AS latest, min(x.value_latest) AS agreed_last
  RETURN CASE WHEN agreed_first <= agreed_last THEN agreed_first ELSE earliest END AS a_first,
         CASE WHEN agreed_first <= agreed_last THEN agreed_last ELSE latest END AS a_last
}
RETURN earlier, reduce(known = [], x IN before_days | CASE WHEN x.value_text IN known THEN known ELSE known + x.value_text END) AS earlier_date,
       reduce(known = [], x IN before | CASE WHEN x.predicate <> 'MADE_BY' OR x.object IN known THEN known ELSE known + x.object END) AS earlier_by,
       later, reduce(known = [], x IN after_days | CASE WHEN x.value_text IN known THEN known ELSE known + x.value_text END) AS later_date,
       reduce(known = [], x IN after | CASE WHEN x.predicate <> 'MADE_BY' OR x.object IN known THEN known ELSE known + x.object END) AS later_by,
       CASE WHEN b_first = b_last AND a_first = a_last THEN duration.inDays(b_first, a_first).days END AS days,
       duration.inDays(b_last, a_first).days AS at_least, duration.inDays(b_first, a_last).days AS at_most,
       CASE WHEN all(v IN links WHERE v.method = 'reading')
              OR any(m IN before + after WHERE m.predicate = 'MADE_BY' AND all(x IN before + after WHERE
                x.predicate <> 'MADE_BY' OR x.subject <> m.subject OR x.object <> m.object OR x.method = 'reading'))
            THEN 'reading' ELSE 'stated' END AS method,
       [v IN links | v.id] + [x IN before | x.id] + [x IN after | x.id] AS claims
ORDER BY later_date, earlier_date, earlier, later
