"""Dates in the words of documents as days: what `docs/explanation/claims-and-times.md` says, worked out once more."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from graph.schema import GivenDates

FIRST, LAST = date.min, date.max
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Between which days something began, and between which days it ended; an end is the first day after."""

    begin_low: date
    begin_high: date
    end_low: date
    end_high: date

    def is_certain(self, first: date, last: date) -> bool:
        """Whether it surely was so on each day from `first` to `last`."""
        return self.begin_high <= first and last < self.end_low

    def is_possible(self, first: date, last: date) -> bool:
        """Whether it can have been so on one of the days from `first` to `last`."""
        return self.begin_low <= last and first < self.end_high


ANY_TIME = Span(FIRST, LAST, FIRST, LAST)


def days_meant(text: str) -> tuple[date, date]:
    """The first and the last day that a year, a month or a day can mean."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = [*parts, 0, 0][:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def after(day: date) -> date:
    return day if day == LAST else day + _DAY


def before(day: date) -> date:
    return day if day == FIRST else day - _DAY


def span_of(time_class: str, given: GivenDates, as_at: tuple[date, date]) -> Span:
    """The four bounds of what a document that speaks `as_at` says."""
    if time_class == "timeless":
        return Span(FIRST, FIRST, LAST, LAST)
    if time_class == "happening":
        low, high = (FIRST, LAST) if given.on in {None, "unknown"} else days_meant(given.on or "")
        return Span(low, high, LAST, LAST)
    if given.on is not None:
        low, high = days_meant(given.on)
        return Span(FIRST, high, after(low), LAST)
    end_low, end_high = _end(given, as_at)
    if given.since is None:
        begin = FIRST, _latest_begin(end_low, end_high, as_at)
    elif given.since == "unknown":
        begin = FIRST, before(end_high)
    else:
        begin = days_meant(given.since)
    if end_high <= begin[0]:
        return ANY_TIME  # an end before the start: the words are kept, and nothing is certain
    return Span(*begin, max(end_low, begin[0]), end_high)


def _end(given: GivenDates, as_at: tuple[date, date]) -> tuple[date, date]:
    if given.until == "unknown":
        return FIRST, LAST
    if given.until is not None:
        low, high = days_meant(given.until)
        return low, high if low == high else after(high)
    if given.through is not None:
        low, high = days_meant(given.through)
        return after(low), after(high)
    return after(as_at[0]), LAST  # open: certain through the day on which the document speaks


def _latest_begin(end_low: date, end_high: date, as_at: tuple[date, date]) -> date:
    """Without a start: by the day on which the document speaks, or by the last day before the end."""
    if end_high == LAST:
        return as_at[1]
    return before(end_high if end_low != end_high else end_low)
