// Does this claim give the start or the end of a term? Else it says only that somebody was in office on a day.
(c.from_earliest > date('0001-01-01') OR c.until_latest < date('9999-12-31'))
