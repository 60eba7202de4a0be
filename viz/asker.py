"""Named queries asked for a page: many in one transaction, at the same times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.queries import Answer, Catalogue, Times, ask_within
from graph.store.connection import Reader
from viz.tables import Column, Table, declared, table_of

__all__ = ["ROWS", "Asker"]

ROWS: Final = 25
"""Rows of a table that is one of several on its page."""


@dataclass(frozen=True)
class Asker:
    """Asks for one page; `asked` are the times as its address has them, for the addresses of whole answers."""

    reader: Reader
    catalogue: Catalogue
    times: Times
    asked: Mapping[str, str]
    include_unchecked: bool = False

    def ask(self, name: str, given: Mapping[str, str], *, limit: int = ROWS) -> Answer:
        """The first rows of an answer."""
        return ask_within(
            self.reader,
            self.catalogue[name],
            given,
            times=self.times,
            include_unchecked=self.include_unchecked,
            limit=limit,
        )

    def table(
        self,
        name: str,
        given: Mapping[str, str],
        title: str,
        *,
        columns: Sequence[Column] | None = None,
        limit: int = ROWS,
    ) -> Table:
        """The first rows of an answer as a table."""
        return self.shown(name, given, self.ask(name, given, limit=limit), title, columns)

    def shown(
        self,
        name: str,
        given: Mapping[str, str],
        answer: Answer,
        title: str,
        columns: Sequence[Column] | None = None,
    ) -> Table:
        """An answer as a table."""
        return table_of(
            self.catalogue[name], answer, {**given, **self.asked}, title=title, columns=columns, with_empty=False
        )

    def column(self, query: str, name: str, head: str | None = None) -> Column:
        """A column as a query declares it."""
        return declared(self.catalogue[query], name, head)
