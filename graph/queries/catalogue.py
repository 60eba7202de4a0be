"""The catalogue of named queries: those of the package, and a folder of the user's own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from graph.errors import QueryError
from graph.queries.definition import NamedQuery, read_query
from graph.schema.model import did_you_mean

__all__ = ["Catalogue"]


class Catalogue:
    """Named queries by name; one of the user's replaces none of the package's."""

    def __init__(self, folder: Path | None = None) -> None:
        self._queries = {query.name: query for query in _read_package()}
        for query in _read_folder(folder) if folder is not None else ():
            if query.name in self._queries:
                raise QueryError(
                    f"`{query.name}` is there already", where=str(folder), hint="give the file another name"
                )
            self._queries[query.name] = query

    def __iter__(self) -> Iterator[NamedQuery]:
        return iter(sorted(self._queries.values(), key=lambda query: query.name))

    def __getitem__(self, name: str) -> NamedQuery:
        """The query `name`; raises QueryError with the nearest name where there is none."""
        query = self._queries.get(name)
        if query is None:
            hint = did_you_mean(name, list(self._queries)) or "`inquiry ask` lists the named queries"
            raise QueryError(f"there is no named query `{name}`", hint=hint)
        return query


def _read_package() -> Iterator[NamedQuery]:
    for file in (files("graph.queries") / "named").iterdir():
        if file.name.endswith(".cypher"):
            yield read_query(file.name.removesuffix(".cypher"), file.read_text(encoding="utf-8"), file.name)


def _read_folder(folder: Path) -> Iterator[NamedQuery]:
    if not folder.is_dir():
        raise QueryError(
            "the folder of your queries is not there", where=str(folder), hint="set INQUIRY_QUERIES to a folder"
        )
    for file in sorted(folder.glob("*.cypher")):
        yield read_query(file.stem, file.read_text(encoding="utf-8"), str(file))
