"""Views of an entity, of the rows of a named query, and of the rows of Cypher."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graph.errors import QueryError
from graph.queries import NamedQuery, Times, ask
from graph.queries.overview import Group, read_overview
from graph.queries.subgraph import USUAL, Subgraph, read_around, read_between
from graph.schema import SCHEMA
from graph.store.connection import Connection, Reader
from graph.store.guard import run_guarded
from viz.network import Network
from viz.perspectives import Perspective

__all__ = ["Scope", "View", "of_cypher", "of_entities", "of_entity", "of_overview", "of_query"]

_ROWS: Final = 5_000
"""Rows that are read for a view; each brings two entities or more, so that the view is full long before."""


@dataclass(frozen=True)
class Scope:
    """Which times a view is about, how many entities it may have, how many seconds reading may take, and from where it
    is looked at.
    """

    times: Times
    limit: int = USUAL
    include_unchecked: bool = False
    timeout: float = 60.0
    perspective: Perspective | None = None

    @property
    def types(self) -> tuple[str, ...] | None:
        """The relationship types that are followed; none where all are."""
        return self.perspective.types or None if self.perspective is not None else None


@dataclass(frozen=True)
class View:
    """A subgraph, what it is called, and from where it is looked at."""

    subgraph: Subgraph
    title: str
    perspective: Perspective | None = None
    groups: tuple[Group, ...] = ()
    """Of an overview, what stands for many."""

    def network(self, title: str | None = None) -> Network:
        """As a network of pyvis."""
        return Network.of(self.subgraph, title or self.title, self.perspective, self.groups)

    def page(self, title: str | None = None) -> str:
        """As one file that works without a network."""
        return self.network(title).generate_html()


def of_entity(connection: Connection, entity: str, scope: Scope) -> View:
    """What lies around an entity."""

    def work(reader: Reader) -> Subgraph:
        return read_around(
            reader,
            [entity],
            scope.times,
            limit=scope.limit,
            types=scope.types,
            include_unchecked=scope.include_unchecked,
        )

    subgraph = connection.read_together(work, timeout=scope.timeout)
    return View(subgraph, _name_of(subgraph), scope.perspective)


def of_overview(connection: Connection, entity: str | None, scope: Scope) -> View:
    """Inquiries and bodies around an entity, or of the whole graph, and groups of what belongs to them."""
    seeds = [entity] if entity is not None else []
    subgraph, groups = connection.read_together(
        lambda reader: read_overview(reader, seeds, scope.times, include_unchecked=scope.include_unchecked),
        timeout=scope.timeout,
    )
    name = f"Overview: {_name_of(subgraph)}" if seeds else "Overview of what is loaded"
    return View(subgraph, name, scope.perspective, tuple(groups))


def of_entities(connection: Connection, entities: Sequence[str], title: str, scope: Scope) -> View:
    """Certain entities, in their order; those for which there is no room are left out."""
    subgraph = connection.read_together(
        lambda reader: read_between(
            reader,
            entities[: scope.limit],
            scope.times,
            limit=scope.limit,
            include_unchecked=scope.include_unchecked,
        ),
        timeout=scope.timeout,
    )
    subgraph.total, subgraph.truncated = len(entities), len(entities) > scope.limit
    return View(subgraph, title, scope.perspective)


def of_query(
    connection: Connection, query: NamedQuery, given: Mapping[str, Any], scope: Scope, *, around: str | None = None
) -> View:
    """The entities of the rows of a named query, and of the claims that these rest on.

    With `around` that entity is the first of them, and where there are no rows, what lies around it is shown.
    """
    answer = ask(
        connection,
        query,
        given,
        times=scope.times,
        include_unchecked=scope.include_unchecked,
        limit=_ROWS,
        timeout=scope.timeout,
    )
    if around is not None and not answer.rows:
        return of_entity(connection, around, scope)
    ids = (entity for row in answer.rows for entity in _of_row(query, row))
    wanted = _found([around] if around is not None else [], ids)
    view = of_entities(connection, wanted, query.question, scope)
    view.subgraph.chosen = f"The entities of the answer to: {query.question} ({answer.total['value']:,} rows)"
    if around is None:
        return view
    view.subgraph.seeds = [around]
    return replace(view, title=_name_of(view.subgraph))


def of_cypher(connection: Connection, text: str, parameters: Mapping[str, Any], scope: Scope) -> View:
    """The entities whose ids stand in the rows of Cypher that only reads, as values, in lists, or of nodes."""
    result = run_guarded(connection, text, parameters, limit=_ROWS, timeout=scope.timeout)
    ids = (entity for row in result.rows for entity in _ids_in(list(row.values())))
    view = of_entities(connection, _found([], ids), "Result of a Cypher query", scope)
    view.subgraph.chosen = "The entities in the rows of a Cypher query."
    return view


def _found(first: list[str], ids: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys([*first, *ids]))
    if not wanted:
        raise QueryError("no entity is in the rows", hint="return ids of entities, or nodes")
    return wanted


def _of_row(query: NamedQuery, row: Mapping[str, Any]) -> Iterator[str]:
    for column in query.columns:
        if column.is_entity and row[column.name] is not None:
            yield row[column.name]
        if column.is_entities:
            yield from row[column.name]
    for place in row["evidence"]:
        if place["object"] is not None:
            yield place["subject"]
            yield place["object"]


def _ids_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if SCHEMA.is_entity_id(value):
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _ids_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ids_in(item)


def _name_of(subgraph: Subgraph) -> str:
    names = {entity.id: entity.name for entity in subgraph.entities}
    return names[subgraph.seeds[0]]
