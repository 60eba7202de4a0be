"""A part of the graph that can be drawn: entities, the relationships between them, and the evidence of everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.errors import QueryError
from graph.queries.expand import expand, fragment
from graph.queries.lines import QUALIFIERS, Line, Said, draw_lines, read_said
from graph.queries.neighbours import NeighboursOfType, ranked, read_neighbours
from graph.queries.relevance import CHOSEN, choose_around
from graph.queries.run import Times, time_parameters
from graph.queries.statements import statement
from graph.schema import SCHEMA, Kind
from graph.schema.moments import plain_moment
from graph.store.connection import Reader, Row

__all__ = ["LARGEST", "USUAL", "Left", "Shown", "Subgraph", "read_around", "read_beside", "read_between"]

USUAL: Final = 150
"""Entities of a view that nobody gave a size."""
LARGEST: Final = 1_500
"""Entities of a view at the most; beyond that nobody can read one, long before it becomes slow."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Cited(_Strict):
    """A document that something in the view rests on."""

    title: str | None
    url: str | None


class Shown(_Strict):
    """An entity of a view, with what documents say of it alone."""

    id: str
    name: str
    label: str
    sub_kind: str | None
    summary: str | None
    is_unchecked: bool
    relationships: int
    """In the current view of the graph, whatever is shown of them."""
    values: list[Said]


class Left(_Strict):
    """Neighbours by one relationship type that are not shown."""

    id: str
    predicate: str
    direction: str
    words: str
    total: int
    left_out: int


class Subgraph(_Strict):
    """Entities and the relationships between them."""

    seeds: list[str]
    entities: list[Shown]
    relationships: list[Line]
    rivals: dict[str, Said]
    """Claims that contradict what is shown, and are not shown themselves, by id."""
    names: dict[str, str]
    """Names of entities that are spoken of and not shown."""
    documents: dict[str, Cited]
    chosen: str
    limit: int
    total: int
    """How many entities were candidates; more may lie behind them. Of neighbours: how many there were beside those
    shown, where one that is related by two types counts twice.
    """
    truncated: bool
    left_out: dict[str, Any]
    times: dict[str, str | None]


def read_around(
    reader: Reader,
    seeds: Sequence[str],
    times: Times,
    *,
    limit: int = USUAL,
    types: Sequence[str] | None = None,
    include_unchecked: bool = False,
) -> Subgraph:
    """What lies around `seeds`, at most `limit` entities; by ways of these relationship types, where some are given.

    Raises QueryError for a limit out of range.
    """
    check_limit(limit)
    choice = choose_around(
        reader, list(dict.fromkeys(seeds)), times, limit=limit, types=types, include_unchecked=include_unchecked
    )
    found = read_between(reader, choice.entities, times, limit=limit, include_unchecked=include_unchecked)
    found.seeds = [seed for seed in dict.fromkeys(seeds) if seed in choice.entities]
    found.chosen, found.total, found.truncated = CHOSEN, choice.seen, choice.seen > len(choice.entities)
    return found


def read_beside(
    reader: Reader,
    entity: str,
    times: Times,
    *,
    limit: int,
    shown: Sequence[str] = (),
    types: Sequence[str] | None = None,
    include_unchecked: bool = False,
) -> tuple[Subgraph, list[Left]]:
    """The next `limit` neighbours of an entity beside those shown, all relationships that they bring into the view, and
    what is left out of each type.
    """
    groups = read_neighbours(
        reader, [entity], times, most=limit, shown=shown, types=types, include_unchecked=include_unchecked
    )
    taken = ranked(groups)[:limit]
    found = read_between(
        reader, [entity, *taken], times, beside=shown, limit=limit, include_unchecked=include_unchecked
    )
    found.seeds, found.total = [entity], sum(group.beside for group in groups)
    left = [_left(group, taken) for group in groups]
    found.truncated = any(one.left_out for one in left)
    return found, left


def _left(group: NeighboursOfType, taken: Sequence[str]) -> Left:
    return Left(
        id=group.id,
        predicate=group.predicate,
        direction=group.direction,
        words=group.words,
        total=group.total,
        left_out=group.left_out(taken),
    )


def read_between(
    reader: Reader,
    entities: Sequence[str],
    times: Times,
    *,
    beside: Sequence[str] = (),
    limit: int = LARGEST,
    include_unchecked: bool = False,
) -> Subgraph:
    """Certain entities, in their order, with the relationships between them and to those `beside` them."""
    wanted = list(dict.fromkeys(entities))
    heads = {row["id"]: row for row in reader.read(_entities_text(), {"ids": wanted, **_bound(times)})}
    claims, left_out = _read_claims(reader, [], list(heads), times, beside, include_unchecked=include_unchecked)
    apart = {rival for claim in claims.values() for rival in claim.rivals} - claims.keys()
    rivals, _ = _read_claims(reader, sorted(apart), [], times, include_unchecked=include_unchecked)
    said = list(claims.values())
    values: dict[str, list[Said]] = {one: [] for one in heads}
    for claim in said:
        if claim.object is None:
            values[claim.subject].append(claim)
    spoken_of = _spoken_of([*said, *rivals.values()]) - heads.keys() - set(beside)
    names = reader.read(_entities_text(), {"ids": sorted(spoken_of), **_bound(times)}) if spoken_of else []
    return Subgraph(
        seeds=[],
        entities=[_shown(heads[one], values[one]) for one in wanted if one in heads],
        relationships=draw_lines(claim for claim in said if claim.object is not None),
        rivals=rivals,
        names={row["id"]: row["name"] or row["id"] for row in names},
        documents=_read_documents(reader, [*said, *rivals.values()], times),
        chosen="The entities that were asked for.",
        limit=limit,
        total=len(wanted),
        truncated=False,
        left_out={"unchecked": left_out, "relation": "eq"},
        times=_plain_times(times),
    )


def _read_claims(
    reader: Reader,
    claims: Sequence[str],
    entities: Sequence[str],
    times: Times,
    beside: Sequence[str] = (),
    *,
    include_unchecked: bool,
) -> tuple[dict[str, Said], int]:
    """Claims by id, and how many unchecked ones are left out."""
    if not claims and not entities:
        return {}, 0
    given = {"claims": list(claims), "entities": list(entities), "beside": list(beside), **_bound(times)}
    rows = reader.read(_claims_text(), given)
    shown = [row for row in rows if include_unchecked or row["claim"]["review"] == "checked"]
    rivals = _read_rivals(reader, [row["claim"]["id"] for row in shown if row["claim"]["contested"]], times)
    found = {row["claim"]["id"]: read_said(row, rivals.get(row["claim"]["id"], ())) for row in shown}
    return found, len(rows) - len(shown)


def _read_documents(reader: Reader, claims: Iterable[Said], times: Times) -> dict[str, Cited]:
    """The documents that make these claims."""
    ids = sorted(frozenset().union(*(claim.documents for claim in claims)))
    rows = reader.read(_documents_text(), {"ids": ids, **_bound(times)}) if ids else []
    return {row["id"]: Cited(title=row["title"], url=row["url"]) for row in rows}


def _read_rivals(reader: Reader, contested: list[str], times: Times) -> dict[str, list[str]]:
    """Of claims that are marked as contested at some time, those that they contradict at the times asked about."""
    rivals: dict[str, list[str]] = {}
    if contested:
        # A statement of its own: Neo4j plans it for seconds, and most views need none.
        for row in reader.read(expand(statement("view_rivals")), {"claims": contested, **_bound(times)}):
            rivals.setdefault(row["id"], []).append(row["rival"])
    return rivals


def _shown(head: Row, values: list[Said]) -> Shown:
    kind = SCHEMA.kind_of(head["id"])
    return Shown(
        id=head["id"],
        name=head["name"] or head["id"],
        label=kind.label,
        sub_kind=next((label for label in head["labels"] if label in kind.sub_kinds), None),
        summary=head["summary"],
        is_unchecked=head["unchecked"],
        relationships=head["relationships"],
        values=sorted(values, key=lambda claim: (_places(kind)[claim.predicate], claim.value or "", claim.id)),
    )


@cache
def _places(kind: Kind) -> dict[str, int]:
    """The place of each property of a kind, those that it features first."""
    names = [property_.name for property_ in kind.properties]
    return {name: place for place, name in enumerate(dict.fromkeys([*kind.featured, *names]))}


def _spoken_of(claims: Sequence[Said]) -> set[str]:
    ends = (end for claim in claims for end in (claim.subject, claim.object, claim.said_by))
    return {end for end in ends if end is not None}


def check_limit(limit: int) -> None:
    """Raises QueryError where a view cannot have so many entities."""
    if not 1 <= limit <= LARGEST:
        raise QueryError(f"a view has 1 to {LARGEST:,} entities, not {limit:,}")


def _bound(times: Times) -> dict[str, Any]:
    # Unchecked claims are read too, so that it can be said how many are left out.
    return {**time_parameters(times), "include_unchecked": True}


def _plain_times(times: Times) -> dict[str, str | None]:
    return {
        "known_at": times.known_at.isoformat() if times.known_at else None,
        "recorded_at": plain_moment(times.recorded_at.isoformat()) if times.recorded_at else None,
    }


@cache
def _claims_text() -> str:
    qualifiers = ", ".join(f".{name}" for name in QUALIFIERS)
    return expand(statement("view_claims").replace("<QUALIFIERS>", qualifiers))


@cache
def _documents_text() -> str:
    return expand(statement("view_documents").replace("<NAME>", fragment("name_of").replace("<ENTITY>", "id")))


@cache
def _entities_text() -> str:
    types = "|".join(relationship.name for relationship in SCHEMA.relationships)
    name = fragment("name_of").replace("<ENTITY>", "id")
    return expand(statement("view_entities").replace("<NAME>", name).replace("<TYPES>", types))
