// Every node with its labels and properties
MATCH (n)
WITH n, labels(n) AS labels
UNWIND CASE WHEN size(labels) = 0 THEN [null] ELSE labels END AS label
WITH n, label ORDER BY label
RETURN collect(label) AS labels, properties(n) AS properties
