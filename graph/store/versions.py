"""Versions of documents: one node for each time a document was published or retrieved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from neo4j import ManagedTransaction

from graph.errors import LoadRefused
from graph.schema import DocumentVersion
from graph.schema.dates import days_of
from graph.store.batches import batches, merge_entities
from graph.store.connection import Connection, Row
from graph.store.statements import statement

__all__ = ["STEP_BACK", "check_versions", "find_step_back", "other_bytes", "version_days", "write_versions"]

_BATCH: Final = 5_000
STEP_BACK: Final = "a step back"
"""How the note begins of a claim that an older version closes."""


def check_versions(connection: Connection, versions: Iterable[DocumentVersion]) -> None:
    """Raises LoadRefused where a version that was loaded before comes with other bytes."""
    for batch in batches(versions, _BATCH):
        rows = connection.read(statement("version_bytes"), {"ids": [version.id for version in batch]})
        there = {row["id"]: row["sha256"] for row in rows}
        for version in batch:
            if version.sha256 is not None and there.get(version.id, version.sha256) != version.sha256:
                raise other_bytes(version)


def other_bytes(version: DocumentVersion) -> LoadRefused:
    """The error for a version that comes with other bytes than before."""
    return LoadRefused(
        f"{version.document} claims to be the version of {version.published or version.retrieved_at}, "
        "but its bytes differ from those loaded before",
        hint="give the new version its own `published` or `retrieved_at` date",
    )


def version_days(versions: Iterable[DocumentVersion]) -> list[str]:
    """What a load keeps of its versions: each document with the day of the version, sorted."""
    return sorted(
        f"{version.document} {day}" for version in versions if (day := version.published or version.retrieved_at)
    )


def find_step_back(versions: Iterable[DocumentVersion], last: Row | None) -> str | None:
    """Which document comes in an older version than in the last load of its source, in words; None where none does.

    Only the last load counts: after a step back that was meant, the newer version leads forward again.
    """
    before = _newest_days(last["versions"] or []) if last is not None else {}
    now = _newest_days(version_days(versions))
    for document in sorted(before.keys() & now.keys()):
        if days_of(now[document])[1] < days_of(before[document])[1]:
            loaded = f"the version of {document} that was loaded last is of {before[document]}"
            return f"{loaded}, and this one of {now[document]}"
    return None


def _newest_days(versions: Iterable[str]) -> dict[str, str]:
    days: dict[str, str] = {}
    for text in versions:
        document, _, day = text.partition(" ")
        days[document] = max(days.get(document, day), day, key=lambda item: days_of(item)[1])
    return days


def write_versions(
    connection: Connection, versions: Iterable[DocumentVersion], check: Callable[[ManagedTransaction], None]
) -> None:
    """Writes versions with their documents; those that are there stay as they are. `check` begins each transaction."""
    for batch in batches(versions, _BATCH):
        rows = [{"id": version.id, **version.model_dump()} for version in batch]

        def work(transaction: ManagedTransaction, rows: list[dict[str, Any]] = rows) -> None:
            check(transaction)
            merge_entities(transaction, {row["document"] for row in rows})
            transaction.run(statement("merge_versions"), rows=rows).consume()

        connection.transact(work)
