"""Whether the local server answers yet, and why it ended when it has."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import NamedTuple

import neo4j
import psutil
from neo4j.exceptions import DatabaseUnavailable, DriverError, Neo4jError

from graph.errors import LocalServerError
from graph.store.local.layout import Layout

__all__ = ["Answer", "PortLost", "ServerEnded", "TornLog", "ask", "explain_end", "explain_failure", "read_lines"]

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
_STARTING = " Starting..."
_FAILED = "Exception occurred while starting the database"
# What Neo4j says of a log that it can cut, and the place in its code where it asks for memory for as many things as a
# torn log seems to name.
_TORN = ("internal.dbms.tx_log.fail_on_corrupted_log_files", ".VersionAwareLogEntryReader.readEntry(")
_PORT = "Address already in use"


class Answer(NamedTuple):
    """What the server says of itself: its version once it runs queries, or that it cannot open its database."""

    version: str | None = None
    has_failed: bool = False


class ServerEnded(LocalServerError):
    """A server that ended while it started."""


class PortLost(ServerEnded):
    """Another program took the port meanwhile."""


class TornLog(ServerEnded):
    """The end of the transaction log cannot be read, as when the disk was full in the middle of a write."""


def ask(process: int, port: int, user: str, password: str) -> Answer:
    """Ask the server of this process whether it takes the password and runs a query, or why it never will.

    Another one on this port, as when two servers chose it at once, is not asked: after some wrong passwords it would
    refuse everybody for a while.
    """
    if not _listens(process, port):
        return Answer()
    try:
        with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=(user, password)) as driver:
            return _ask_databases(driver)
    except (DriverError, Neo4jError):
        return Answer()


def _listens(process: int, port: int) -> bool:
    try:
        sockets = psutil.Process(process).net_connections("tcp")
    except psutil.NoSuchProcess:
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in sockets)


def _ask_databases(driver: neo4j.Driver) -> Answer:
    """Run a query, without the driver's half a minute of tries; where that fails, ask what became of the database."""
    try:
        with driver.session(database="neo4j") as session:
            return Answer(version=session.run("RETURN 1").consume().server.agent.partition("/")[2])
    except DatabaseUnavailable:
        with driver.session(database="system") as session:
            row = session.run("SHOW DATABASE neo4j YIELD currentStatus, statusMessage").single()
        return Answer(has_failed=row is not None and row["currentStatus"] != "online" and bool(row["statusMessage"]))


def explain_end(layout: Layout) -> ServerEnded:
    """Turn the last words of a server that ended into an error."""
    # The console is of this start; the server's log goes on from start to start.
    console = read_lines(layout.console_log)
    since = read_lines(layout.server_log, after=_STARTING)
    for log, lines in ((layout.console_log, console), (layout.server_log, since)):
        known = _known_reason(lines, log, layout)
        if known is not None:
            return known
    last = next(reversed(console or since), "it wrote nothing")
    return ServerEnded(
        f"the local server ended while it started: {last.strip()}",
        where=str(layout.logs),
        hint="`inquiry logs` shows what it wrote",
    )


def explain_failure(layout: Layout) -> ServerEnded:
    """Turn what the server tells of a database that it cannot open into an error."""
    lines = read_lines(layout.debug_log, after=_FAILED)
    if any(words in line for line in lines for words in _TORN):
        return TornLog(
            "the end of the transaction log cannot be read",
            where=str(layout.debug_log),
            hint="set INQUIRY_DATA_DIR to another folder, and restore a backup or load again",
        )
    known = _known_reason(lines, layout.debug_log, layout)
    if known is not None:
        return known
    causes = [line.partition(":")[2].strip() for line in lines if line.startswith("Caused by: ")]
    reason = causes[-1] if causes else "it gives no reason"
    return ServerEnded(
        f"the local server cannot open its database: {reason}",
        where=str(layout.debug_log),
        hint="free some space on its disk where it is full, and try again; else restore a backup into another folder",
    )


def _known_reason(lines: list[str], log: Path, layout: Layout) -> ServerEnded | None:
    for words, message, hint in _REASONS:
        if any(words in line for line in lines):
            error = PortLost if words == _PORT else ServerEnded
            return error(message, where=str(log), hint=hint.format(root=layout.root))
    return None


def read_lines(log: Path, *, after: str | None = None, most: int = 400) -> list[str]:
    """Return the last lines of a log that are not empty, and of these what follows the last that holds `after`."""
    lines: deque[str] = deque(maxlen=most)
    try:
        with log.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                if after is not None and after in line:
                    lines.clear()
                if any(character.isprintable() for character in line.strip()):
                    lines.append(line.rstrip("\n"))
    except FileNotFoundError:
        pass
    return list(lines)
