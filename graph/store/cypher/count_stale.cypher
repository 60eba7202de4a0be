// How many entities wait for the current view to be made anew
MATCH (e:Stale)
RETURN count(e) AS entities
