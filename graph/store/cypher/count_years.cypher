// What happened in each year, as live, checked claims date it: documents published, decisions and other things dated,
// and terms of office that began; what is not dated to a year is not counted
MATCH (c:Claim)
WHERE c.predicate IN ['published', 'date', 'HELD'] AND c.retracted_at IS NULL AND c.unchecked IS NULL
WITH c, CASE c.predicate WHEN 'HELD' THEN c.from_earliest ELSE c.value_earliest END AS first,
     CASE c.predicate WHEN 'HELD' THEN c.from_latest ELSE c.value_latest END AS last
WHERE first IS NOT NULL AND first.year > 1 AND last.year = first.year
RETURN first.year AS year, CASE c.predicate WHEN 'HELD' THEN 'HELD' ELSE split(c.subject, ':')[0] END AS what,
       count(DISTINCT c.subject + coalesce(c.object, '')) AS count
ORDER BY year, what
