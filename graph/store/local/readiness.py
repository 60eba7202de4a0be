"""Whether the local server answers yet, and why it ended when it has."""

from __future__ import annotations

import socket

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import LocalServerError
from graph.store.local.layout import Layout

__all__ = ["answers", "explain_end"]

# What the server's log says → what was wrong, and what to do.
_REASONS = (
    ("No space left on device", "there is no space left for the local server", "free some space on the disk of {root}"),
    ("Address already in use", "another program took the port of the local server", "try again"),
    (
        "Could not reserve enough space",
        "the machine has too little free memory",
        "set INQUIRY_HEAP to less, such as 512m",
    ),
    ("OutOfMemoryError", "the local server has too little memory", "set INQUIRY_HEAP to more, such as 2g"),
    (
        "Error validating",
        "this Neo4j does not take the settings of inquiry",
        "use a Neo4j 5.26, or set INQUIRY_NEO4J_URI",
    ),
    ("UnsupportedClassVersionError", "this Java is too old", "set INQUIRY_JAVA_HOME to a Java 17, 21 or 25"),
    ("store_lock", "another Neo4j works on the same data", "end it; it was not started by inquiry"),
    ("Permission denied", "the local server may not read or write a file", "see who owns the files in {root}"),
)
_PORT = "Address already in use"


def answers(port: int, user: str, password: str) -> bool:
    """Say whether the server takes the password and runs a query."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    try:
        with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=(user, password)) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")
    except (DriverError, Neo4jError):
        return False
    return True


def explain_end(lines: list[str], layout: Layout) -> LocalServerError:
    """Turn the last words of a server that ended into an error; its `where` is "port" when it lost its port."""
    text = "\n".join(lines)
    for words, message, hint in _REASONS:
        if words in text:
            where = "port" if words == _PORT else str(layout.console_log)
            return LocalServerError(message, where=where, hint=hint.format(root=layout.root))
    last = next((line for line in reversed(lines) if line.strip()), "it wrote nothing")
    return LocalServerError(
        f"the local server ended while it started: {last.strip()}",
        where=str(layout.console_log),
        hint="`inquiry logs` shows what it wrote",
    )
