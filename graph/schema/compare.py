"""When two claims are about the same thing, and when they cannot both be so.

Two claims with the same subject, predicate and object speak of the same thing where their periods meet; a second term
in an office is another thing. They disagree where their starts or ends lie apart beyond their precision, or where a
qualifier such as the position differs. Different values, such as two names, disagree where one cannot have followed the
other: a document of 2024 and one of 2026 that give no days may both be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from graph.schema.dates import END_OF_TIME, START_OF_TIME, Bounds

__all__ = ["bounds_disagree", "core", "group_by_period", "hull", "must_meet", "narrowest", "same_period"]

T = TypeVar("T")


def core(bounds: Bounds) -> tuple[date, date]:
    """The days on which something certainly was so, or, where there are none, those on which it can have been."""
    if bounds.from_latest < bounds.until_earliest:
        return bounds.from_latest, bounds.until_earliest
    return bounds.from_earliest, bounds.until_latest


def same_period(one: Bounds, other: Bounds) -> bool:
    """Whether two bounds can be of one period: the core of each lies where the other is possible.

    A claim that gives only an end and one that gives only a start can be of one term of office; a second term that
    begins after the first has ended cannot be.
    """
    mine, theirs = core(one), core(other)
    return (
        mine[0] < other.until_latest
        and other.from_earliest < mine[1]
        and theirs[0] < one.until_latest
        and one.from_earliest < theirs[1]
    )


def must_meet(one: Bounds, other: Bounds) -> bool:
    """Whether two periods have a day in common, however their open days fall; else one can have followed the other."""
    return one.from_latest < other.until_earliest and other.from_latest < one.until_earliest


def group_by_period(claims: Iterable[T], bounds_of: Callable[[T], Bounds]) -> list[list[T]]:
    """Claims of one period together, directly or through others, the periods in the order of time."""
    groups: list[list[T]] = []
    for claim in sorted(claims, key=lambda c: core(bounds_of(c))):
        mine = bounds_of(claim)
        joined = [group for group in groups if any(same_period(mine, bounds_of(other)) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), claim])
    return sorted(groups, key=lambda group: min(core(bounds_of(claim)) for claim in group))


def bounds_disagree(one: Bounds, other: Bounds) -> bool:
    """Whether the starts, or the ends, of two claims about the same period cannot be the same day."""
    starts_apart = one.from_latest < other.from_earliest or other.from_latest < one.from_earliest
    ends_apart = one.until_latest < other.until_earliest or other.until_latest < one.until_earliest
    return starts_apart or ends_apart


def narrowest(all_bounds: list[Bounds]) -> Bounds:
    """The bounds on which all agree; where they do not agree, those within which each of them lies.

    That something was so on two days says nothing of the days between them: where a claim gives a start or an end, only
    such claims count, and where none does, it is certain only on the last day for which one says it.
    """
    dated = [b for b in all_bounds if b.from_earliest != START_OF_TIME or b.until_latest != END_OF_TIME]
    if not dated:
        return max(all_bounds, key=lambda b: (b.from_latest < b.until_earliest, b.until_earliest, b.from_latest))
    agreed = Bounds(
        max(b.from_earliest for b in dated),
        min(b.from_latest for b in dated),
        max(b.until_earliest for b in dated),
        min(b.until_latest for b in dated),
    )
    if agreed.from_earliest <= agreed.from_latest and agreed.until_earliest <= agreed.until_latest:
        return agreed
    return hull(dated)


def hull(all_bounds: list[Bounds]) -> Bounds:
    """The widest reading of several bounds."""
    return Bounds(
        min((b.from_earliest for b in all_bounds), default=START_OF_TIME),
        max((b.from_latest for b in all_bounds), default=END_OF_TIME),
        min((b.until_earliest for b in all_bounds), default=START_OF_TIME),
        max((b.until_latest for b in all_bounds), default=END_OF_TIME),
    )
