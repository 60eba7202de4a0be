"""Partial dates as documents give them, the four bounds they become, and what is certain or possible on a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from graph.errors import SchemaError

__all__ = [
    "END_OF_TIME",
    "START_OF_TIME",
    "UNKNOWN",
    "Bounds",
    "Certainty",
    "GivenDates",
    "TimeClass",
    "days_of",
    "is_partial_date",
    "public_by",
    "valid_bounds",
]

START_OF_TIME = date.min
"""Stands for minus infinity, so that a bound is never null."""
END_OF_TIME = date.max
"""Stands for plus infinity."""
UNKNOWN = "unknown"
"""Written where a document leaves a start or an end open to any day."""

_PARTIAL = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_ONE_DAY = timedelta(days=1)


class TimeClass(StrEnum):
    """How a predicate stands to valid time."""

    STATE = "state"
    HAPPENING = "happening"
    TIMELESS = "timeless"


class Certainty(StrEnum):
    """Whether something is so on a day; what is not possible is left out of answers."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NO = "no"


class Bounds(NamedTuple):
    """When something starts and ends, each between an earliest and a latest day; an end is the first day after."""

    from_earliest: date
    from_latest: date
    until_earliest: date
    until_latest: date

    def on(self, day: date) -> Certainty:
        """Certain where it has started at the latest and not ended at the earliest; possible the other way round."""
        if self.from_latest <= day < self.until_earliest:
            return Certainty.CERTAIN
        if self.from_earliest <= day < self.until_latest:
            return Certainty.POSSIBLE
        return Certainty.NO


ALWAYS = Bounds(START_OF_TIME, START_OF_TIME, END_OF_TIME, END_OF_TIME)
ANY_TIME = Bounds(START_OF_TIME, END_OF_TIME, START_OF_TIME, END_OF_TIME)


class GivenDates(NamedTuple):
    """Dates in the words of the document: `since` (from), `until` (first day after), `through` (last day), `on`."""

    since: str | None = None
    until: str | None = None
    through: str | None = None
    on: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the document gives no date at all."""
        return self == (None, None, None, None)


def is_partial_date(text: str) -> bool:
    """Whether `text` is a year, a month or a day of the calendar."""
    try:
        days_of(text)
    except SchemaError:
        return False
    return True


@lru_cache(maxsize=10_000)  # many claims have one date, most of all that of their document
def days_of(text: str) -> tuple[date, date]:
    """The first and the last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` can mean.

    Raises SchemaError for other forms and for days that no calendar has (2024-02-30).
    """
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise SchemaError(
            f"{text!r} is not a date", hint="write a year (2024), a month (2024-02) or a day (2024-02-29)"
        )
    year = int(match["year"])
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise SchemaError(f"there is no day {text}", hint="check year, month and day against a calendar") from error
    if day is not None:
        return first, first
    return first, date(year, month or 12, monthrange(year, month or 12)[1])


def public_by(published: str | None, retrieved: str | None = None) -> tuple[date, date]:
    """By when a document was public: (earliest, latest) day, from its publication or else its retrieval.

    A document that was retrieved on a day was public on it; without either nothing is known.
    """
    if published is not None:
        return days_of(published)
    if retrieved is not None:
        return START_OF_TIME, days_of(retrieved)[1]
    return START_OF_TIME, END_OF_TIME


def valid_bounds(time_class: TimeClass, given: GivenDates, as_at: tuple[date, date]) -> Bounds:
    """The four bounds of a claim.

    `as_at` is when its document speaks: an open end of a state is certain through that day and possible afterwards,
    a state without any date is certain on that day. Raises SchemaError where the end lies before the start or where
    two ways of dating are mixed.
    """
    _refuse_mixtures(given)
    if time_class is TimeClass.TIMELESS:
        if not given.is_empty:
            raise SchemaError("this predicate has no dates", hint="leave the dates out, or date the decision or event")
        return ALWAYS
    if time_class is TimeClass.HAPPENING:
        return _happening_bounds(given)
    if given.on is not None:
        first, last = days_of(given.on)
        return Bounds(START_OF_TIME, last, _day_after(first), END_OF_TIME)
    bounds = _state_bounds(given, as_at)
    if bounds.until_latest <= bounds.from_earliest:
        end = given.until or given.through
        raise SchemaError(
            f"the end ({end}) lies before the start ({given.since})", hint="check both dates in the document"
        )
    return bounds


def _refuse_mixtures(given: GivenDates) -> None:
    if given.on is not None and (given.since or given.until or given.through):
        raise SchemaError("`on` stands beside `from`, `until` or `through`", hint="`on` alone means: held on that day")
    if given.until is not None and given.through is not None:
        raise SchemaError(
            "`until` and `through` are both given", hint="`until` is the first day after, `through` the last day"
        )


def _happening_bounds(given: GivenDates) -> Bounds:
    if given.since or given.until or given.through:
        raise SchemaError("what happens is dated with `on`", hint="write `on:` instead of `from`, `until` or `through`")
    if given.on is None or given.on == UNKNOWN:
        return Bounds(START_OF_TIME, END_OF_TIME, END_OF_TIME, END_OF_TIME)
    first, last = days_of(given.on)
    return Bounds(first, last, END_OF_TIME, END_OF_TIME)


def _state_bounds(given: GivenDates, as_at: tuple[date, date]) -> Bounds:
    until_earliest, until_latest = _end(given, as_at)
    if given.since is not None and given.since != UNKNOWN:
        from_earliest, from_latest = days_of(given.since)
    elif given.since == UNKNOWN:
        from_earliest, from_latest = START_OF_TIME, _day_before(until_latest)
    else:
        from_earliest, from_latest = START_OF_TIME, _latest_start(until_earliest, until_latest, as_at)
    return Bounds(from_earliest, from_latest, max(until_earliest, from_earliest), until_latest)


def _end(given: GivenDates, as_at: tuple[date, date]) -> tuple[date, date]:
    if given.until == UNKNOWN:
        return START_OF_TIME, END_OF_TIME
    if given.until is not None:
        first, last = days_of(given.until)
        return (first, first) if first == last else (first, _day_after(last))
    if given.through is not None:
        first, last = days_of(given.through)
        return _day_after(first), _day_after(last)
    return _day_after(as_at[0]), END_OF_TIME


def _latest_start(until_earliest: date, until_latest: date, as_at: tuple[date, date]) -> date:
    """A state that a document states, or whose end it gives, had started on the last day before that."""
    if until_latest == END_OF_TIME:
        return as_at[1] if as_at[1] != END_OF_TIME else END_OF_TIME
    return _day_before(until_latest) if until_earliest != until_latest else _day_before(until_earliest)


def _day_after(day: date) -> date:
    return day + _ONE_DAY if day < END_OF_TIME else END_OF_TIME


def _day_before(day: date) -> date:
    return day - _ONE_DAY if day > START_OF_TIME else START_OF_TIME
