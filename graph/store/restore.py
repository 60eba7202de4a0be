"""Writes back the rows of a backup: claims with all their times, as they were.

A restore begins with a mark in the graph, a load of the status `restoring`, and ends with one transaction that writes
the loads and takes the mark away. So one that broke off is known as such, and no load in it looks finished.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from neo4j import ManagedTransaction

from graph.errors import LoadRefused
from graph.store.batches import merge_entities, write_claim_rows
from graph.store.connection import Connection, Row
from graph.store.statements import statement

__all__ = [
    "begin_restore",
    "finish_restore",
    "is_restore_unfinished",
    "restore_claims",
    "restore_corrections",
    "restore_tombstones",
    "restore_versions",
]

_MARK: Final = "load:restore"


def begin_restore(connection: Connection, name: str) -> None:
    """Marks the graph, which must be empty or hold only what a restore left that broke off, which is removed."""
    if is_restore_unfinished(connection):
        connection.execute(statement("remove_restored"), {"id": _MARK})
    elif not connection.read(statement("is_empty"))[0]["empty"]:
        raise LoadRefused(
            "the graph is not empty", hint="restore into an empty one: another INQUIRY_DATA_DIR or INQUIRY_NEO4J_URI"
        )
    parameters = {"id": _MARK, "source": f"backup {name}", "now": datetime.now(UTC)}
    connection.write(statement("begin_restore"), parameters)


def is_restore_unfinished(connection: Connection) -> bool:
    """Whether a restore broke off, so that the graph is not whole."""
    return bool(connection.read(statement("unfinished_restore")))


def finish_restore(transaction: ManagedTransaction, *, loads: list[Row]) -> None:
    """Writes the loads with their times and counts, and takes the mark away."""
    transaction.run(statement("restore_loads"), rows=loads).consume()
    transaction.run(statement("finish_restore"), id=_MARK).consume()


def restore_tombstones(connection: Connection, rows: list[Row]) -> None:
    """What is left of redacted claims."""
    connection.write(statement("restore_tombstones"), {"rows": rows})


def restore_versions(connection: Connection, rows: list[Row]) -> None:
    """Versions with the documents they belong to."""

    def work(transaction: ManagedTransaction) -> None:
        merge_entities(transaction, {row["document"] for row in rows})
        transaction.run(statement("merge_versions"), rows=rows).consume()

    connection.transact(work)


def restore_claims(connection: Connection, rows: list[Row]) -> None:
    """Claims with their citations and speakers."""

    def work(transaction: ManagedTransaction) -> None:
        merge_entities(transaction, set(_mentioned(rows)))
        claims: list[dict[str, Any]] = [
            {
                "id": row["id"],
                "subject": row["properties"]["subject"],
                "properties": row["properties"],
                "citations": row["citations"],
                **({"object": row["properties"]["object"]} if "object" in row["properties"] else {}),
            }
            for row in rows
        ]
        write_claim_rows(transaction, claims)
        speakers = [{"id": row["id"], "said_by": row["said_by"]} for row in rows if row["said_by"]]
        if speakers:
            transaction.run(statement("create_speakers"), rows=speakers).consume()

    connection.transact(work)


def restore_corrections(connection: Connection, rows: list[Row]) -> None:
    """Links corrections with what they correct."""
    connection.write(statement("create_corrections"), {"rows": rows})


def _mentioned(rows: list[Row]) -> Iterable[str]:
    for row in rows:
        yield row["properties"]["subject"]
        if "object" in row["properties"]:
            yield row["properties"]["object"]
        if row["said_by"]:
            yield row["said_by"]
        for citation in row["citations"]:
            yield citation["document"]
