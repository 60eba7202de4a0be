"""When an entity of a view came about, and until when it was there: for a slider, and for columns of years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from graph.queries.lines import Line
from graph.queries.subgraph import Shown
from graph.schema.dates import days_of, is_partial_date

__all__ = ["Days", "dates_of", "year_of"]

Days = tuple[date, date | None]
"""The first and the last day that are meant; no last day where it may be there still."""
_DATED_BY: Final = ("published", "date", "announced", "started")
_LASTS_FROM: Final = ("announced", "started")
_ENDED_BY: Final = "ended"
_DATED_BY_DOCUMENT: Final = "MADE_IN"
_WITHOUT_COLUMN: Final = frozenset({"Body", "Office", "Person", "Group", "Place", "Topic"})
"""Kinds that were there long before what a view is about."""


def dates_of(entities: Iterable[Shown], lines: Iterable[Line]) -> dict[str, Days | None]:
    """The date of each entity as documents give it; what was made in a document has the date of that document."""
    dates = {entity.id: _own_date(entity) for entity in entities}
    made_in = [line for line in lines if line.predicate == _DATED_BY_DOCUMENT]
    return {**dates, **{line.subject: dates[line.subject] or dates.get(line.object) for line in made_in}}


def year_of(entity: Shown, days: Days | None) -> int | None:
    """The year in whose column it belongs."""
    return None if days is None or entity.label in _WITHOUT_COLUMN else days[0].year


def _own_date(entity: Shown) -> Days | None:
    given = {claim.predicate: claim.value for claim in reversed(entity.values) if is_partial_date(claim.value or "")}
    for name in _DATED_BY:
        if (text := given.get(name)) is not None:
            first, last = days_of(text)
            if name not in _LASTS_FROM:
                return first, last
            ended = given.get(_ENDED_BY)
            return first, days_of(ended)[1] if ended is not None else None
    return None
