// Do these two claims, both of one holder's term with a third, say when it began and how long it went on: one claim by
// itself, or two that give dates that can be of one period? That is `same_term` for claims that it already holds for.
(a.id = b.id OR (is_dated(a) AND is_dated(b) AND a.from_earliest < b.until_latest AND b.from_earliest < a.until_latest
  AND a.from_earliest <= b.from_latest AND b.from_earliest <= a.from_latest
  AND a.until_earliest <= b.until_latest AND b.until_earliest <= a.until_latest))
