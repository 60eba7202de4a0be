// Those of the claims that speak of the same term as this one. Where none of them gives a start or an end, each says
// that somebody was in office on a day, and nothing of the days between: then only those of the very same days.
CASE WHEN any(p IN (b) WHERE p.from_earliest > date('0001-01-01') OR p.until_latest < date('9999-12-31')) THEN (b)
     ELSE [p IN (b) WHERE p.id = a.id OR (p.from_latest < a.until_earliest AND a.from_latest < p.until_earliest)] END
