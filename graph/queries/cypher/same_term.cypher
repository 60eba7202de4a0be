// Do these two claims speak of one term of one holder of one office, and agree on it? A deprecated claim stands alone.
(a.subject = b.subject AND a.object = b.object
 AND (a.id = b.id OR (a.deprecated IS NULL AND b.deprecated IS NULL))
 AND all(name IN separating(a) WHERE coalesce(a[name], '') = coalesce(b[name], ''))
 AND same_period(a, b) AND NOT disagree(a, b))
