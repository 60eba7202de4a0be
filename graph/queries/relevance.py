"""Which entities belong to a view of limited size: those that lie near where it starts, by narrow ways.

A way through one of three replies says more than a way through one of four thousand members of a house of Parliament.
So an entity passes its weight on to its neighbours of one relationship type divided by the square root of their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.queries.neighbours import NeighboursOfType, read_neighbours
from graph.queries.run import Times
from graph.store.connection import Reader

__all__ = ["CHOSEN", "Choice", "choose_around"]

CHOSEN: Final = (
    "Chosen are the entities nearest to where the view starts, by ways with few branches; of the neighbours by one "
    "relationship type those come first that most documents speak of."
)
_FURTHEST: Final = 6
"""Relationships: from an inquiry by its report, a recommendation, its target and an office there to who held it."""
_DECAY: Final = 0.6
_FIRST_SHARE: Final = 0.6
"""Of the room that is left, at each step, so that something of what lies behind is shown too; what is left over at the
end is for the best of those that were passed over.
"""
_OF_A_TYPE: Final = 60
"""Neighbours of one type that can come from one entity; on the public record more made views of one colour."""
_WIDEST: Final = 200
"""Entities whose neighbours are read in one step."""
_BUSIEST: Final = 1_000
"""Relationships and claims of an entity through which a way can lead: what is behind a house of Parliament belongs to
no view that does not begin there, and reading it took most of the time.
"""


class Choice(BaseModel):
    """The entities of a view, the most relevant first, and how many were candidates."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entities: tuple[str, ...]
    seen: int


def choose_around(
    reader: Reader,
    seeds: Sequence[str],
    times: Times,
    *,
    limit: int,
    types: Sequence[str] | None = None,
    include_unchecked: bool = False,
) -> Choice:
    """At most `limit` entities, the seeds first, by ways of these relationship types or of all; several reads in the
    transaction of `reader`.
    """
    chosen = dict.fromkeys(seeds[:limit], 1.0)
    waiting: dict[str, float] = {}
    frontier = list(chosen)
    for step in range(_FURTHEST):
        room = limit - len(chosen)
        if not frontier or room <= 0:
            break
        groups = read_neighbours(
            reader,
            frontier[:_WIDEST],
            times,
            most=min(_OF_A_TYPE, limit),
            shown=list(chosen),
            types=types,
            widest=None if step == 0 else _BUSIEST,
            include_unchecked=include_unchecked,
        )
        weights = _weigh(groups, chosen)
        frontier = _heaviest(weights, max(1, round(room * _FIRST_SHARE)))
        chosen |= {entity: weights[entity] for entity in frontier}
        waiting |= weights
    waiting = {entity: weight for entity, weight in waiting.items() if entity not in chosen}
    last = _heaviest(waiting, limit - len(chosen))
    return Choice(entities=(*chosen, *last), seen=len(chosen) + len(waiting) + len(set(seeds) - chosen.keys()))


def _heaviest(weights: dict[str, float], most: int) -> list[str]:
    return sorted(weights, key=lambda entity: (-weights[entity], entity))[:most]


def _weigh(groups: Iterable[NeighboursOfType], chosen: dict[str, float]) -> dict[str, float]:
    """The weight of each neighbour: what the chosen entities pass on to it, the best supported a little more."""
    weights: dict[str, float] = {}
    for group in groups:
        passed = _DECAY * chosen[group.id] / sqrt(group.total)
        for place, neighbour in enumerate(group.others):
            weights[neighbour.id] = weights.get(neighbour.id, 0.0) + passed / (1 + place / 100)
    return weights
