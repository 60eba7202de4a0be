// As `neighbours`, but as the current view has them, which takes a tenth of the time: the view is of now, and of checked
// claims that nobody holds to be mistaken. What is drawn of them is read from claims all the same.
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE $widest IS NULL OR COUNT { (e)--() } <= $widest
MATCH (e)-[r:<TYPES>]-(o:Entity)
WHERE o.id <> id AND r.claims IS NOT NULL AND ($types IS NULL OR type(r) IN $types)
WITH id, CASE WHEN startNode(r) = e THEN 'forward' ELSE 'backward' END AS direction, type(r) AS predicate, o.id AS other,
     max(r.documents) AS documents, max(r.from_latest) AS begun
ORDER BY documents DESC, $order[split(other, ':')[0]], begun DESC, other
WITH id, direction, predicate, count(*) AS total,
     collect(CASE WHEN NOT other IN $shown THEN {id: other, documents: documents} END) AS hidden
RETURN id, direction, predicate, total, size(hidden) AS beside, hidden[..$most] AS others
ORDER BY id, direction, predicate
