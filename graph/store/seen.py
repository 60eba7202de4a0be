"""Which claims a load has seen, kept on disk so that memory does not grow with the load."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from types import TracebackType
from typing import Self

__all__ = ["SeenClaims"]


class SeenClaims:
    """A set of ids in a temporary file that is gone after the `with`."""

    def __init__(self) -> None:
        # A file without a name: SQLite removes it when the connection closes, also when the process is killed.
        self._database = sqlite3.connect("")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, ids: Iterable[str]) -> list[str]:
        """Remembers `ids`; returns those that were not there before, in their order, each once."""
        new = []
        for claim in ids:
            if self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (claim,)).rowcount:
                new.append(claim)
        return new

    def holds(self, claim: str) -> bool:
        """Whether the id was seen."""
        return self._database.execute("SELECT 1 FROM seen WHERE id = ?", (claim,)).fetchone() is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
