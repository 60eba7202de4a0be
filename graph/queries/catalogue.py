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
    """Named queries by name; one of the user's replaces none of the package's.

    A file of the user's that cannot be used is left out, and `problems` says why, by the name it would have.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._queries = {query.name: query for query in _read_package()}
        self.problems: dict[str, QueryError] = {}
        for file in _files(folder) if folder is not None else ():
            try:
                self._add(file)
            except QueryError as error:
                self.problems[file.stem] = error

    def __iter__(self) -> Iterator[NamedQuery]:
        return iter(sorted(self._queries.values(), key=lambda query: query.name))

    def __getitem__(self, name: str) -> NamedQuery:
        """The query `name`; raises QueryError where its file cannot be used, and with the nearest name for no query."""
        query = self._queries.get(name)
        if query is not None:
            return query
        if name in self.problems:
            raise self.problems[name]
        hint = did_you_mean(name, list(self._queries)) or "`inquiry ask` lists the named queries"
        raise QueryError(f"there is no named query `{name}`", hint=hint)

    def _add(self, file: Path) -> None:
        if file.stem in self._queries:
            raise QueryError(f"`{file.stem}` is there already", where=str(file), hint="give the file another name")
        try:
            self._queries[file.stem] = read_query(file.stem, file.read_text(encoding="utf-8"), str(file))
        except OSError as error:
            raise QueryError(f"the file cannot be read: {error.strerror}", where=str(file)) from error
        except UnicodeDecodeError as error:
            raise QueryError("the file is not text in UTF-8", where=str(file), hint="save it as UTF-8") from error


def _read_package() -> Iterator[NamedQuery]:
    for file in (files("graph.queries") / "named").iterdir():
        if file.name.endswith(".cypher"):
            yield read_query(file.name.removesuffix(".cypher"), file.read_text(encoding="utf-8"), file.name)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise QueryError(
            "the folder of your queries is not there", where=str(folder), hint="set INQUIRY_QUERIES to a folder"
        )
    return sorted(folder.glob("*.cypher"))
