// Can these two claims of one subject and predicate not both be so? Their values or objects contradict, and one cannot
// have followed the other; or they are of one period (the days on which each certainly was so lie where the other is
// possible), and their dates or qualifiers contradict; what happened on two days happened twice. A deprecated claim takes
// part in no dispute. `graph/schema/compare.py` and `graph/store/view.py` say the same in Python.
(a.id <> b.id AND a.deprecated IS NULL AND b.deprecated IS NULL
 AND all(name IN separating(a) WHERE coalesce(a[name], '') = coalesce(b[name], ''))
 AND CASE
  WHEN (a.object IS NULL OR a.object <> b.object)
    AND NOT (a.from_latest < b.until_earliest AND b.from_latest < a.until_earliest) THEN false
  WHEN a.object IS NULL THEN a.single IS NOT NULL AND coalesce(
       CASE WHEN coalesce(a.value_low, a.value_high) IS NOT NULL AND coalesce(b.value_low, b.value_high) IS NOT NULL
         THEN coalesce(a.value_high, 1.0e300) < coalesce(b.value_low, -1.0e300)
           OR coalesce(b.value_high, 1.0e300) < coalesce(a.value_low, -1.0e300) END,
       a.value_latest < b.value_earliest OR b.value_latest < a.value_earliest,
       a.value_key <> b.value_key, false)
  WHEN a.object <> b.object THEN a.single IS NOT NULL
  WHEN NOT same_period(a, b) THEN false
  WHEN a.from_latest < b.from_earliest OR b.from_latest < a.from_earliest
    OR a.until_latest < b.until_earliest OR b.until_latest < a.until_earliest
    THEN a.until_earliest <> date('9999-12-31')
  ELSE coalesce(any(name IN exclusive(a) WHERE a[name] <> b[name]), false)
 END)
