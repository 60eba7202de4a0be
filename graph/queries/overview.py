"""What lies beyond the budget of a view: inquiries and bodies, and of each how much of which sort belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.queries.neighbours import read_neighbours
from graph.queries.relevance import choose_around
from graph.queries.run import Times
from graph.queries.statements import statement
from graph.queries.subgraph import LARGEST, Subgraph, read_between
from graph.schema import SCHEMA
from graph.store.connection import Reader

__all__ = ["Group", "read_overview"]

_HOMES: Final = 24
"""Inquiries, and as many bodies; each brings a handful of groups, and one still reads them all."""
_LEAST: Final = 2
"""Entities that make a group."""
_KINDS: Final = ("inquiry", "body")
CHOSEN: Final = (
    "An overview: inquiries and bodies, and for each of them one group for each sort of relationship, which opens on a "
    "click. A group counts what the graph holds, also what is shown already."
)


class Group(BaseModel):
    """Entities that are related to `of` by one type, in one direction, as one node."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str
    predicate: str
    direction: str
    words: str
    kind: str
    count: int


def read_overview(
    reader: Reader, seeds: Sequence[str], times: Times, *, include_unchecked: bool = False
) -> tuple[Subgraph, list[Group]]:
    """The overview of what lies around `seeds`, or of the whole graph."""
    if seeds:
        choice = choose_around(reader, seeds, times, limit=LARGEST, include_unchecked=include_unchecked)
        near = [entity for entity in choice.entities if entity.partition(":")[0] in _KINDS]
        homes, seen = list(dict.fromkeys([*seeds, *near]))[: 2 * _HOMES], choice.seen
    else:
        homes = [row["id"] for row in reader.read(statement("overview"), {"most": _HOMES})]
        seen = reader.read(statement("loaded"), {"ids": []})[0]["entities"]
    found = read_between(reader, homes, times, include_unchecked=include_unchecked)
    found.seeds, found.chosen, found.total, found.truncated = list(seeds), CHOSEN, seen, True
    found.limit = len(found.entities)
    return found, _groups(reader, [entity.id for entity in found.entities], times, include_unchecked)


def _groups(reader: Reader, homes: Sequence[str], times: Times, include_unchecked: bool) -> list[Group]:
    neighbours = read_neighbours(reader, homes, times, most=1, shown=homes, include_unchecked=include_unchecked)
    return [
        Group(
            of=one.id,
            predicate=one.predicate,
            direction=one.direction,
            words=one.words,
            kind=SCHEMA.kind_of(one.others[0].id).label,
            count=one.beside,
        )
        for one in neighbours
        if one.beside >= _LEAST and one.others
    ]
