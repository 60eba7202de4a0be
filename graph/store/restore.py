"""Writes back the rows of a backup: claims with all their times, as they were."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neo4j import ManagedTransaction

from graph.store.batches import merge_entities, write_claim_rows
from graph.store.connection import Connection, Row
from graph.store.statements import statement

__all__ = ["restore_claims", "restore_corrections", "restore_loads", "restore_tombstones", "restore_versions"]


def restore_loads(connection: Connection, rows: list[Row]) -> None:
    """Loads with their times and counts."""
    connection.write(statement("restore_loads"), {"rows": rows})


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
