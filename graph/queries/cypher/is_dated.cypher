// Does any of these claims of one term give its start or its end? Else each says that somebody was in office on a day, and
// nothing of the days between: then it is certain only on a day for which one of them says it.
any(p IN c WHERE p.from_earliest > date('0001-01-01') OR p.until_latest < date('9999-12-31'))
