// Are these two claims of one period? The days on which each certainly was so lie where the other is possible.
(CASE WHEN a.from_latest < a.until_earliest THEN a.from_latest ELSE a.from_earliest END < b.until_latest
 AND b.from_earliest < CASE WHEN a.from_latest < a.until_earliest THEN a.until_earliest ELSE a.until_latest END
 AND CASE WHEN b.from_latest < b.until_earliest THEN b.from_latest ELSE b.from_earliest END < a.until_latest
 AND a.from_earliest < CASE WHEN b.from_latest < b.until_earliest THEN b.until_earliest ELSE b.until_latest END)
