"""Claims as a view draws them: a line for each relationship and period, with all that documents say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.schema import SCHEMA, Bounds, TimeClass
from graph.schema.compare import group_by_period, narrowest
from graph.schema.dates import END_OF_TIME, START_OF_TIME
from graph.schema.moments import plain_moment
from graph.store.connection import Row

__all__ = ["QUALIFIERS", "Line", "Place", "Said", "draw_lines", "read_said"]

QUALIFIERS: Final = sorted({q.name for r in SCHEMA.relationships for q in r.qualifiers})
_SEPARATING: Final = {r.name: tuple(q.name for q in r.qualifiers if q.separating) for r in SCHEMA.relationships}


_PLACE: Final = ("document", "locator", "page", "anchor", "version")
"""As `view_claims` gives the parts of a place."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Frozen):
    """Where a document makes a claim."""

    document: str
    locator: str | None
    page: Any
    anchor: str | None
    version: str | None


class Said(_Frozen):
    """A claim: what one document says, when it was so, when that was public, and since when this graph says it."""

    id: str
    subject: str
    predicate: str
    object: str | None
    value: str | None
    qualifiers: dict[str, str | int]
    dates: str
    """As documents give them."""
    bounds: Bounds
    known_by: date
    is_register: bool
    """Known time does not limit a list of states."""
    recorded_at: str
    method: str
    review: str
    said_by: str | None
    places: tuple[Place, ...]
    rivals: tuple[str, ...]
    """Claims that it cannot stand beside."""

    @property
    def documents(self) -> frozenset[str]:
        """The documents that make it."""
        return frozenset(place.document for place in self.places)


class Line(_Frozen):
    """A relationship in one period, made by one claim or several; `id` is that of the first."""

    id: str
    subject: str
    predicate: str
    object: str
    time_class: TimeClass
    bounds: Bounds | None
    """When it was so; none where no document says, or that is no question."""
    known_by: date | None
    """By when one of its claims was public; none where a register makes one, which no known time limits."""
    documents: int
    is_reading: bool
    is_disputed: bool
    is_unchecked: bool
    claims: tuple[Said, ...]


def read_said(row: Row, rivals: Iterable[str]) -> Said:
    """A claim from a row of `view_claims`, with those that it cannot stand beside."""
    claim = row["claim"]
    return Said(
        id=claim["id"],
        subject=claim["subject"],
        predicate=claim["predicate"],
        object=claim["object"],
        value=claim["value_text"],
        qualifiers={name: claim[name] for name in QUALIFIERS if claim[name] is not None},
        dates=_dates_of(claim),
        bounds=Bounds(*map(date.fromisoformat, row["bounds"])),
        known_by=date.fromisoformat(row["known"]),
        is_register=claim["register"] is not None,
        recorded_at=plain_moment(row["recorded"]),
        method=claim["method"],
        review=claim["review"],
        said_by=row["said_by"],
        places=tuple(Place(**dict(zip(_PLACE, place, strict=True))) for place in row["places"]),
        rivals=tuple(rivals),
    )


def draw_lines(claims: Iterable[Said]) -> list[Line]:
    """The relationships that claims add up to, as the current view has them: those of one period are one line."""
    groups: dict[tuple[Any, ...], list[Said]] = defaultdict(list)
    for claim in claims:
        separating = tuple(claim.qualifiers.get(name) for name in _SEPARATING[claim.predicate])
        groups[claim.subject, claim.predicate, claim.object, separating].append(claim)
    lines = []
    for group in groups.values():
        if _time_class_of(group[0]) is TimeClass.STATE:
            lines += [_line(period) for period in group_by_period(group, lambda claim: claim.bounds)]
        else:
            lines.append(_line(group))
    return sorted(lines, key=lambda line: (line.subject, line.predicate, line.object, line.id))


def _time_class_of(claim: Said) -> TimeClass:
    """The class of time of a relationship claim."""
    relationship = SCHEMA.relationship(claim.predicate)
    return SCHEMA.time_class(relationship, SCHEMA.kind_of(claim.subject), SCHEMA.kind_of(claim.object or ""))


def _line(group: list[Said]) -> Line:
    claims = tuple(sorted(group, key=lambda claim: (claim.bounds.from_earliest, claim.id)))
    first, time_class = claims[0], _time_class_of(claims[0])
    bounds = narrowest([claim.bounds for claim in claims])
    is_dated = (bounds.from_earliest, bounds.until_latest) != (START_OF_TIME, END_OF_TIME)
    return Line(
        id=min(claim.id for claim in claims),
        subject=first.subject,
        predicate=first.predicate,
        object=first.object or "",
        time_class=time_class,
        bounds=bounds if is_dated and time_class is not TimeClass.TIMELESS else None,
        known_by=None if any(claim.is_register for claim in claims) else min(claim.known_by for claim in claims),
        documents=len(frozenset().union(*(claim.documents for claim in claims))),
        is_reading=all(claim.method == "reading" for claim in claims),
        is_disputed=any(claim.rivals for claim in claims),
        is_unchecked=all(claim.review == "unchecked" for claim in claims),
        claims=claims,
    )


def _dates_of(claim: Row) -> str:
    """As a document gives them: `on 2015-03`, `from 2010 until 2014`."""
    if claim["on_text"] is not None:
        return f"on {claim['on_text']}"
    given = (("from", claim["from_text"]), ("until", claim["until_text"]))
    return " ".join(f"{word} {text}" for word, text in given if text is not None)
