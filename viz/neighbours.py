"""The next neighbours of an entity, as a page takes them in and the API gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.queries import Times
from graph.queries.subgraph import read_beside
from graph.store.connection import Reader
from viz.dates import dates_of
from viz.payload import drawn_entity, drawn_line, drawn_subgraph, without_controls

__all__ = ["drawn_neighbours"]


def drawn_neighbours(
    reader: Reader,
    entity: str,
    times: Times,
    *,
    limit: int,
    shown: Sequence[str] = (),
    types: Sequence[str] | None = None,
    include_unchecked: bool = False,
) -> dict[str, Any]:
    """The entity and its next `limit` neighbours beside those `shown`, with all relationships that they bring into the
    view; under `left`, what is left out of each relationship type.
    """
    found, left = read_beside(
        reader, entity, times, limit=limit, shown=shown, types=types, include_unchecked=include_unchecked
    )
    dates = dates_of(found.entities, found.relationships)
    drawn = {
        "id": entity,
        "entities": [drawn_entity(one, dates[one.id]) for one in found.entities],
        "relationships": [drawn_line(line) for line in found.relationships],
        "left": [one.model_dump(exclude={"id"}) for one in left],
        **drawn_subgraph(found),
    }
    cleaned: dict[str, Any] = without_controls(drawn)
    return cleaned
