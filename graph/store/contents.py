"""All that a graph holds, as rows: what a backup writes down, and what a bulk load starts from. The rest is derived."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from graph.errors import LoadRefused
from graph.store.connection import Connection, Row
from graph.store.statements import statement

__all__ = ["Sort", "stream_contents", "stream_entities", "what_loads_change"]

Sort = Literal["load", "version", "claim", "tombstone", "correction"]
BATCH: Final = 5_000


def stream_contents(connection: Connection) -> Iterator[tuple[Sort, Row]]:
    """Loads, versions, claims with citations and speakers, what is left of redacted ones, and corrections."""
    for row in connection.read(statement("backup_loads")):
        yield "load", row
    for row in connection.read(statement("backup_versions")):
        yield "version", row
    after = ""
    while rows := connection.read(statement("backup_claims"), {"after": after, "limit": BATCH}):
        for row in rows:
            yield ("tombstone" if row["properties"].get("redacted") else "claim"), row
        after = rows[-1]["id"]
    for row in connection.read(statement("backup_corrections")):
        yield "correction", row


def stream_entities(connection: Connection) -> Iterator[str]:
    """The ids of all entities, also of those that nothing mentions any more.

    Left out are those that wait for the refresh of the view: what of them remains, something mentions.
    """
    after = ""
    while rows := connection.read(statement("settled_entities"), {"after": after, "limit": BATCH}):
        for row in rows:
            yield row["id"]
        after = rows[-1]["id"]


def what_loads_change(connection: Connection) -> list[Row]:
    """What any load changes: the loads themselves, and how many claims, citations and closings there are.

    Where it is the same before and after a reading, the reading is of one moment; Neo4j itself gives no view of one
    moment, not even within a transaction. Raises LoadRefused where a restore is unfinished.
    """
    loads = connection.read(statement("backup_loads"))
    if any(row["properties"].get("status") == "restoring" for row in loads):
        raise LoadRefused(
            "a restore into this graph broke off",
            hint="run `inquiry restore` again; until then there is no whole graph",
        )
    return [*loads, *connection.read(statement("backup_state"))]
