"""Nodes and relationships as CSV files for `neo4j-admin database import`.

A column of such a file has one type, so there is a file for each shape: which properties of which types a row has. What
a node does not have is then no column. Several processes write parts of one shape, whose name is a hash of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from graph.schema.ids import digest_of
from graph.store.bulk.unsuited import Unsuited

__all__ = ["ARRAY_DELIMITER", "CsvFiles", "Shape"]

ARRAY_DELIMITER: Final = "\x1f"
"""Between the values of a list; no text of a claim holds it, since control characters are refused."""
_FLUSH_AT: Final = 500
"""Lines of one shape that are kept before they are appended to its file, some 200 kB."""
_QUOTED: Final = '"%s"'
_PLAIN: Final = "%s"


def _moment(value: datetime) -> str:
    return _written(value, is_plain=value.tzinfo is UTC)


@lru_cache(maxsize=1_000)  # a load gives all its claims the same moment
def _written(value: datetime, *, is_plain: bool) -> str:
    # As the driver does it: Python's own UTC has no name, and a zone with a name keeps it.
    zone = getattr(value.tzinfo, "zone", None) or getattr(value.tzinfo, "key", None) or str(value.tzinfo)
    return f"{value.isoformat()}[{zone}]" if not is_plain and (zone == "UTC" or "/" in zone) else value.isoformat()


def _truth(value: object) -> str:
    return "true" if value else "false"


class _Form(NamedTuple):
    """How values of one type are written: the type's name in Neo4j, the place in a template, and what Python's own
    `str` would get wrong.
    """

    type: str
    place: str
    form: Callable[[Any], str] | None = None

    @property
    def of_list(self) -> _Form:
        form = self.form or str
        return _Form(f"{self.type}[]", self.place, lambda values: ARRAY_DELIMITER.join(map(form, values)))


_FORMS: Final[dict[type, _Form]] = {
    str: _Form("string", _QUOTED),
    bool: _Form("boolean", _PLAIN, _truth),
    int: _Form("long", _PLAIN),
    float: _Form("double", _PLAIN),
    date: _Form("date", _PLAIN),
    datetime: _Form("datetime", _PLAIN, _moment),
}
_LIST_FORMS: Final = {type_: form.of_list for type_, form in _FORMS.items()}


class Shape(NamedTuple):
    """What the rows of a file have in common; `of` are the labels of a node, or the type of a relationship, unless a
    column without a name gives them.
    """

    sort: str
    of: tuple[str, ...]
    ends: tuple[str, ...]
    """The id spaces: of a node its own, of a relationship those of its start and its end."""
    names: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def stem(self) -> str:
        """The beginning of the names of its files."""
        return f"{self.sort[0]}{digest_of(list(self))}"

    @property
    def header(self) -> str:
        """The first line, which says what the columns are."""
        columns = [f"{name}:{type_}" for name, type_ in zip(self.names, self.types, strict=True)]
        if self.sort == "node":
            columns[0] = f"id:ID({self.ends[0]})"
        else:
            columns = [f":START_ID({self.ends[0]})", f":END_ID({self.ends[1]})", *columns]
        return ",".join(columns) + "\n"


@dataclass
class _Part:
    """The rows of one shape that this process writes."""

    shape: Shape
    path: Path
    template: str
    special: tuple[tuple[int, Callable[[Any], str]], ...]
    """Columns whose values need a form of their own."""
    quotes: int
    lines: list[str] = field(default_factory=list)
    rows: int = 0

    def add(self, values: list[Any]) -> None:
        for column, form in self.special:
            values[column] = form(values[column])
        line = self.template % tuple(values)
        if line.count('"') != self.quotes:
            line = self.template % tuple([v.replace('"', '""') if isinstance(v, str) else v for v in values])
        self.lines.append(line)
        if len(self.lines) >= _FLUSH_AT:
            self.flush()

    def flush(self) -> None:
        if self.lines:
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write("\n".join(self.lines) + "\n")
            self.rows += len(self.lines)
            self.lines.clear()


class CsvFiles:
    """The files that one process writes; `part` tells them from those of others. Call `close` at the end."""

    def __init__(self, folder: Path, part: int) -> None:
        self._folder = folder
        self._number = part
        self._parts: dict[tuple[Any, ...], _Part] = {}

    def node(self, space: str, labels: tuple[str, ...], properties: dict[str, Any]) -> None:
        """A node; `id` is the first of its properties, and unique in its space."""
        values = list(properties.values())
        key = (labels, *properties, *_types(values))
        part = self._parts.get(key) or self._begin(key, "node", labels, (space,), properties)
        part.add(values)

    def relationship(
        self, start: tuple[str, str], type_: str, end: tuple[str, str], properties: dict[str, Any] | None = None
    ) -> None:
        """A relationship; `start` and `end` are each the space and the id of a node."""
        given = properties or {}
        values = [start[1], end[1], *given.values()]
        key = (type_, *given, *_types(values[2:])) if given else (type_,)
        part = self._parts.get(key) or self._begin(key, "relationship", (type_,), (start[0], end[0]), given)
        part.add(values)

    def close(self) -> tuple[dict[str, Shape], Counter[str]]:
        """Writes what is left; gives the shapes by the beginning of the names of their files, and how many nodes there
        are of each label and relationships of each type.
        """
        counts: Counter[str] = Counter()
        for part in self._parts.values():
            part.flush()
            for name in part.shape.of:
                counts[name] += part.rows
        return {part.shape.stem: part.shape for part in self._parts.values()}, counts

    def _begin(
        self, key: tuple[Any, ...], sort: str, of: tuple[str, ...], ends: tuple[str, ...], properties: dict[str, Any]
    ) -> _Part:
        forms = [_form(value) for value in properties.values()]
        shape = Shape(sort, of, ends, tuple(properties), tuple(form.type for form in forms))
        (self._folder / f"{shape.stem}.header.csv").write_text(shape.header, encoding="utf-8", newline="\n")
        if sort == "relationship":
            forms = [_FORMS[str], _FORMS[str], *forms]
        template = ",".join(form.place for form in forms)
        special = tuple((column, form.form) for column, form in enumerate(forms) if form.form is not None)
        path = self._folder / f"{shape.stem}.{self._number}.csv"
        self._parts[key] = _Part(shape, path, template, special, template.count('"'))
        return self._parts[key]


def _types(values: list[Any]) -> tuple[Any, ...]:
    """The types of values, and of what is in lists."""
    types = tuple(map(type, values))
    return types if list not in types else (*types, *(_type_in(v) for v in values if type(v) is list))


def _type_in(values: list[Any]) -> type:
    types = {type(value) for value in values}
    if len(types) != 1:
        raise Unsuited("a list without values, or with values of several types, has no form in CSV")
    return types.pop()


def _form(value: Any) -> _Form:
    forms, type_ = (_LIST_FORMS, _type_in(value)) if isinstance(value, list) else (_FORMS, type(value))
    if type_ not in forms:
        raise Unsuited(f"a property of the type {type_.__name__} has no form in CSV")
    return forms[type_]
