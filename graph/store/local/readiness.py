"""Whether the local server answers yet, and why it ended when it has."""

from __future__ import annotations

import socket
from collections import deque
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import LocalServerError
from graph.store.local.layout import Layout

__all__ = ["ask_version", "explain_end", "read_lines"]

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
_STARTING = "Starting..."
_PORT = "Address already in use"


def ask_version(port: int, user: str, password: str) -> str | None:
    """Return the version of the server once it takes the password and runs a query, and None before."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return None
    try:
        with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=(user, password)) as driver:
            summary = driver.execute_query("RETURN 1", database_="neo4j").summary
    except (DriverError, Neo4jError):
        return None
    return summary.server.agent.partition("/")[2]


def explain_end(layout: Layout) -> LocalServerError:
    """Turn the last words of a server that ended into an error; its `where` is "port" when it lost its port."""
    # The console is of this start; the server's log goes on from start to start.
    console = read_lines(layout.console_log)
    since = read_lines(layout.server_log)
    starts = [place for place, line in enumerate(since) if line.endswith(_STARTING)]
    for log, lines in ((layout.console_log, console), (layout.server_log, since[starts[-1] :] if starts else since)):
        for words, message, hint in _REASONS:
            if any(words in line for line in lines):
                where = "port" if words == _PORT else str(log)
                return LocalServerError(message, where=where, hint=hint.format(root=layout.root))
    last = next(reversed(console or since), "it wrote nothing")
    return LocalServerError(
        f"the local server ended while it started: {last.strip()}",
        where=str(layout.logs),
        hint="`inquiry logs` shows what it wrote",
    )


def read_lines(log: Path, *, most: int = 400) -> list[str]:
    """Return the last lines of a log that are not empty; none where there is no log."""
    try:
        with log.open(encoding="utf-8", errors="replace") as file:
            return list(deque((line.rstrip("\n") for line in file if line.strip()), maxlen=most))
    except FileNotFoundError:
        return []
