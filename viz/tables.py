"""Answers of named queries as tables of a page: cells that lead to entities, and each row with its places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict
from urllib.parse import quote, urlencode

from graph.queries import Answer, NamedQuery
from graph.queries.definition import Column as Declared
from graph.store.connection import Row
from viz.evidence import places_of
from viz.payload import without_controls

__all__ = ["Column", "Part", "Table", "addresses_of", "declared", "entity_address", "part_of", "table_of"]


class Part(TypedDict):
    """One thing in a cell: a text, which may lead somewhere."""

    text: str
    href: str | None


class Column(NamedTuple):
    """A column of a page's table: its head, what it means, and what it shows of a row."""

    head: str
    meaning: str
    parts: Callable[[Row], list[Part]]


class Table(TypedDict):
    """An answer as a page shows it."""

    title: str
    question: str
    columns: list[dict[str, str]]
    rows: list[dict[str, Any]]
    total: int
    truncated: bool
    left_out: dict[str, Any]
    more: dict[str, str]
    """Where the whole answer is, in its forms."""


def table_of(
    query: NamedQuery,
    answer: Answer,
    given: Mapping[str, str],
    *,
    title: str = "",
    columns: Sequence[Column] | None = None,
    with_empty: bool = True,
) -> Table:
    """The answer to a question that was `given` so; without `columns`, with those that the query declares.

    Columns in which no row has anything can be left out.
    """
    shown = [declared(query, column.name) for column in query.columns] if columns is None else columns
    if not with_empty:
        shown = [column for column in shown if any(map(column.parts, answer.rows))]
    table: Table = {
        "title": title or query.question,
        "question": query.question,
        "columns": [{"head": column.head, "meaning": column.meaning} for column in shown],
        "rows": [
            {"cells": [column.parts(row) for column in shown], "places": places_of(row["evidence"])}
            for row in answer.rows
        ],
        "total": answer.total["value"],
        "truncated": answer.truncated,
        "left_out": answer.left_out,
        "more": addresses_of(query, given),
    }
    cleaned: Table = without_controls(table)
    return cleaned


def addresses_of(query: NamedQuery, given: Mapping[str, str]) -> dict[str, str]:
    """Where a question is answered: as a page, as data, as Cypher, as a view."""
    api, page = f"/v1/queries/{query.name}", f"/queries/{query.name}"
    asked = f"?{urlencode(given, quote_via=quote)}" if given else ""
    return {
        "page": f"{page}{asked}",
        "json": f"{api}{asked}",
        "csv": f"{api}?{urlencode({**given, 'format': 'csv'}, quote_via=quote)}",
        "ndjson": f"{api}?{urlencode({**given, 'format': 'ndjson'}, quote_via=quote)}",
        "cypher": f"/cypher?{urlencode({'query': query.name, **given}, quote_via=quote)}",
        "view": f"/explore?{urlencode({'query': query.name, **given}, quote_via=quote)}",
    }


def declared(query: NamedQuery, name: str, head: str | None = None) -> Column:
    """A column as the query declares it, under another head if wanted."""
    column = next(one for one in query.columns if one.name == name)
    return Column(head or name.replace("_", " "), column.description, lambda row: _parts(column, row))


def _parts(column: Declared, row: Row) -> list[Part]:
    value = row[column.name]
    if value is None:
        return []
    if column.is_entity:
        return [part_of(value, row[column.names or ""])]
    if column.is_entities:
        return [part_of(one, name) for one, name in zip(value, row[column.names or ""], strict=True)]
    return [{"text": text, "href": None} for text in _texts(value)]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(one) for one in value if one is not None]
    return [str(value)]


def part_of(entity: str, name: str | None) -> Part:
    """A name that leads to its entity."""
    return {"text": name or entity, "href": entity_address(entity)}


def entity_address(entity: str) -> str:
    """The page of an entity."""
    return f"/entities/{quote(entity, safe='')}"
