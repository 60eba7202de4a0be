"""Versions of documents: one node for each time a document was published or retrieved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from neo4j import ManagedTransaction

from graph.errors import LoadRefused
from graph.schema import DocumentVersion
from graph.store.batches import batches, merge_entities
from graph.store.connection import Connection
from graph.store.statements import statement

__all__ = ["check_versions", "write_versions"]

_BATCH: Final = 5_000


def check_versions(connection: Connection, versions: Iterable[DocumentVersion]) -> None:
    """Raises LoadRefused where a version that was loaded before comes with other bytes."""
    for batch in batches(versions, _BATCH):
        rows = connection.read(statement("version_bytes"), {"ids": [version.id for version in batch]})
        there = {row["id"]: row["sha256"] for row in rows}
        for version in batch:
            if version.sha256 is not None and there.get(version.id, version.sha256) != version.sha256:
                raise LoadRefused(
                    f"{version.document} claims to be the version of {version.published or version.retrieved_at}, "
                    "but its bytes differ from those loaded before",
                    hint="give the new version its own `published` or `retrieved_at` date",
                )


def write_versions(connection: Connection, versions: Iterable[DocumentVersion]) -> None:
    """Writes versions with their documents; those that are there stay as they are."""
    for batch in batches(versions, _BATCH):
        rows = [{"id": version.id, **version.model_dump()} for version in batch]

        def work(transaction: ManagedTransaction, rows: list[dict[str, Any]] = rows) -> None:
            merge_entities(transaction, {row["document"] for row in rows})
            transaction.run(statement("merge_versions"), rows=rows).consume()

        connection.transact(work)
