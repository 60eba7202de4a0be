"""The neighbours of entities: capped and ranked, type by type, with what is left out of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from graph.queries.expand import expand
from graph.queries.run import Times, time_parameters
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.store.connection import Reader

__all__ = ["Neighbour", "NeighboursOfType", "ranked", "read_neighbours"]

_ORDER: Final = {
    kind: place
    for place, kind in enumerate(
        (
            "inquiry", "recommendation", "decision", "assessment", "action", "body", "office", "person", "document",
            "finding", "event", "observation", "group", "place", "topic",
        )
    )
}  # fmt: skip
"""Of neighbours that equally many documents speak of, those that answer the project's question come first."""
_TYPES: Final = {relationship.name: place for place, relationship in enumerate(SCHEMA.relationships)}


class Neighbour(BaseModel):
    """An entity that is related to another one, and how many documents say so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    documents: int


class NeighboursOfType(BaseModel):
    """The neighbours of `id` by one relationship type, in one direction: `total` in all, `beside` those that are shown
    already, and of these the first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    direction: Literal["forward", "backward"]
    predicate: str
    total: int
    beside: int
    others: tuple[Neighbour, ...]

    @property
    def words(self) -> str:
        """The relationship in words, as it reads from `id`."""
        relationship = SCHEMA.relationship(self.predicate)
        return relationship.forward if self.direction == "forward" else relationship.backward

    def left_out(self, taken: Collection[str]) -> int:
        """How many are neither shown nor among those `taken`."""
        return self.beside - sum(neighbour.id in taken for neighbour in self.others)


def read_neighbours(
    reader: Reader,
    entities: Sequence[str],
    times: Times,
    *,
    most: int,
    shown: Collection[str] = (),
    types: Sequence[str] | None = None,
    widest: int | None = None,
    include_unchecked: bool = False,
) -> list[NeighboursOfType]:
    """The neighbours of each entity beside those `shown`, in the order of the schema, at most `most` of each type and
    direction.

    Entities to which more than `widest` relationships and claims lead are passed over.
    """
    given = {
        "ids": list(entities),
        "most": most,
        "widest": widest,
        "shown": list(shown),
        "types": list(types) if types is not None else None,
        "order": _ORDER,
    }
    is_now = times.known_at is None and times.recorded_at is None
    if is_now and not include_unchecked:
        rows = reader.read(_now_text(), given)
    else:
        tested = {**time_parameters(times), "include_unchecked": include_unchecked}
        rows = reader.read(expand(statement("neighbours")), {**given, **tested})
    found = [NeighboursOfType.model_validate(row) for row in rows]
    return sorted(found, key=lambda group: (group.id, _TYPES[group.predicate], group.direction == "backward"))


@cache
def _now_text() -> str:
    types = "|".join(relationship.name for relationship in SCHEMA.relationships)
    return statement("neighbours_now").replace("<TYPES>", types)


def ranked(groups: Sequence[NeighboursOfType]) -> list[str]:
    """The neighbours in turn: the first of every type, then the second of every type, so that no type hides another."""
    return list(dict.fromkeys(_in_turn(groups)))


def _in_turn(groups: Sequence[NeighboursOfType]) -> Iterator[str]:
    for row in zip_longest(*(group.others for group in groups)):
        yield from (neighbour.id for neighbour in row if neighbour is not None)
