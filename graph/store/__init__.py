"""Claims to Neo4j: the local server, the connection, the writer and the current view."""
