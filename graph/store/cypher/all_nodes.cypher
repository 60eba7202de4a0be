// Every node with its labels and properties; nothing is sorted here, so that the server keeps none of them
MATCH (n)
RETURN labels(n) AS labels, properties(n) AS properties
