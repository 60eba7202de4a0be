"""The graph over HTTP: the named queries, entities with their claims, and Cypher that only reads."""
