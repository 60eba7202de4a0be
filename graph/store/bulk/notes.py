"""What a bulk load looks up while claims stream by, in a file: versions, redacted claims, and facts for later loads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from graph.schema import Claim, DocumentVersion
from graph.store.versions import other_bytes

__all__ = ["Fact", "Notes"]

Row = dict[str, Any]
_FACTS: Final = frozenset({"identifier", "name", "other_name", "kind", "started", "ended", "SUCCEEDED_BY"})
"""Predicates by which the records of one source are found from another."""
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE version (id TEXT PRIMARY KEY, document TEXT, published TEXT, retrieved_at TEXT, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE tombstone (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE fact (
    claim TEXT PRIMARY KEY, subject TEXT, predicate TEXT, what TEXT, how TEXT, on_day TEXT,
    source TEXT, review TEXT, also TEXT
) WITHOUT ROWID;
"""
_KEEP_FACT: Final = """
INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')
ON CONFLICT (claim) DO UPDATE SET also = also || ' ' || excluded.source WHERE source <> excluded.source
"""


class Fact(NamedTuple):
    """What a claim that was staged says: a value, or the entity that it leads to."""

    subject: str
    predicate: str
    what: str
    how: str
    on: str
    source: str
    review: str


class Notes:
    """A file of look-ups; `close` it."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(_TABLES)
        self._has_tombstones = False

    def add_version(self, version: DocumentVersion) -> None:
        """Keeps a version; raises LoadRefused where it was there with other bytes."""
        found = self._database.execute("SELECT sha256 FROM version WHERE id = ?", (version.id,)).fetchone()
        if found is None:
            self.keep_version({"id": version.id, **version.model_dump()})
        elif found[0] is None:
            self._database.execute("UPDATE version SET sha256 = ? WHERE id = ?", (version.sha256, version.id))
        elif version.sha256 not in {None, found[0]}:
            raise other_bytes(version)

    def keep_version(self, row: Row) -> None:
        """Keeps a version that the graph holds."""
        self._database.execute("INSERT INTO version VALUES (:id, :document, :published, :retrieved_at, :sha256)", row)

    def versions(self) -> Iterator[Row]:
        """All versions."""
        names = ("id", "document", "published", "retrieved_at", "sha256")
        for values in self._database.execute(f"SELECT {', '.join(names)} FROM version ORDER BY id"):  # noqa: S608
            yield dict(zip(names, values, strict=True))

    def keep_tombstone(self, claim: str) -> None:
        """Keeps that a claim is redacted."""
        self._database.execute("INSERT OR IGNORE INTO tombstone VALUES (?)", (claim,))
        self._has_tombstones = True

    def is_redacted(self, claim: str) -> bool:
        """Whether a claim is redacted, so that no load brings it back."""
        if not self._has_tombstones:
            return False
        return self._database.execute("SELECT 1 FROM tombstone WHERE id = ?", (claim,)).fetchone() is not None

    def keep_fact(self, claim: Claim, source: str) -> None:
        """Keeps what a claim says, where it is of use to find the records of its source from others."""
        if claim.predicate in _FACTS:
            self._database.execute(_KEEP_FACT, _fact_row(claim, source))

    def facts(self, predicates: Iterable[str], sources: Iterable[str], *, shared: bool = False) -> Iterator[Fact]:
        """The facts of some sources; with `shared` also those that another source brought before them."""
        wanted, given = tuple(predicates), set(sources)
        marks = ", ".join("?" * len(wanted))
        query = (
            f"SELECT subject, predicate, what, how, on_day, source, review, also FROM fact WHERE predicate IN ({marks})"  # noqa: S608
        )
        for *values, also in self._database.execute(query, wanted):
            fact = Fact(*values)
            if fact.source in given or (shared and given & set(also.split())):
                yield fact

    def close(self) -> None:
        """Closes the file."""
        self._database.close()


def _fact_row(claim: Claim, source: str) -> tuple[str, ...]:
    what = claim.object or str(claim.value.value if claim.value else "")
    how, on = str(claim.qualifiers.get("how", "")), claim.dates.on or ""
    return claim.id, claim.subject, claim.predicate, what, how, on, source, claim.review
