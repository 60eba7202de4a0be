// Do these two claims speak of one term of one holder of one office, and agree on it?
(a.subject = b.subject AND a.object = b.object
 AND coalesce(a.acting, '') = coalesce(b.acting, '') AND coalesce(a.interim, '') = coalesce(b.interim, '')
 AND same_period(a, b) AND NOT disagree(a, b))
