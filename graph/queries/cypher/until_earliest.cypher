// Until when a claim holds for certain: an open end reaches to the newest version of its document that was recorded by
// the time asked about
(CASE WHEN c.until_versions IS NULL THEN c.until_earliest ELSE reduce(reached = c.until_versions[0],
 position IN range(1, size(c.until_versions) - 1) | CASE WHEN c.until_recorded[position] <= $recorded_at
 THEN c.until_versions[position] ELSE reached END) END)
