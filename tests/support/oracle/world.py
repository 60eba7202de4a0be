"""What a question may rest on: the claims that the graph made at its times, and the rules for two claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import combinations
from typing import Any, Final

from graph.schema import SCHEMA
from oracle.record import Load, Said, replay
from oracle.spans import LAST, Span

Row = dict[str, Any]
"""The columns, `claims` (the ids of what makes the row), and `shown`: False where it only tells what is left out."""
Oracle = Callable[["World"], list[Row]]

ORACLES: Final[dict[str, Oracle]] = {}
"""The naive answer of each named query, by its name."""


def answers(name: str) -> Callable[[Oracle], Oracle]:
    """Registers the naive answer of a named query."""

    def register(oracle: Oracle) -> Oracle:
        ORACLES[name] = oracle
        return oracle

    return register


@dataclass(frozen=True)
class Question:
    """A named query with its parameters and times."""

    query: str
    given: dict[str, Any]
    valid_at: date
    known_at: date | None = None
    recorded_at: datetime | None = None
    include_unchecked: bool = False

    def asked(self, name: str) -> Any:
        return self.given.get(name)


@dataclass
class World:
    """What the graph said at the times of a question."""

    loads: tuple[Load, ...]
    question: Question
    claims: list[Said] = field(init=False)

    def __post_init__(self) -> None:
        self.claims = [said for said in replay(self.loads, self.question.recorded_at) if self._counts(said)]

    def _counts(self, said: Said) -> bool:
        if said.is_unchecked and not self.question.include_unchecked:
            return False
        return said.is_public(self.question.known_at or LAST)

    def but(self, **changes: Any) -> World:
        """The same record, asked otherwise."""
        return World(self.loads, replace(self.question, **changes))

    def said(self, *predicates: str, of: str | None = None, to: str | None = None) -> list[Said]:
        """The claims with one of these predicates, of a subject or to an object, in the order of their ids."""
        found = (
            said
            for said in self.claims
            if said.predicate in predicates and of in {None, said.subject} and to in {None, said.object}
        )
        return sorted(found, key=lambda said: said.id)

    def recommendations_in(self, document: str) -> list[Said]:
        return [said for said in self.said("MADE_IN", to=document) if said.subject.startswith("recommendation:")]

    def number_of(self, item: str) -> tuple[str | None, list[Said]]:
        """The number of an item as printed, where documents differ one after the other."""
        numbers = self.said("number", of=item)
        return " or ".join(sorted({said.text or "" for said in numbers})) or None, numbers

    def name_now(self, entity: str) -> str | None:
        """The name by which the graph calls an entity now: that of the latest day, where documents agree on it."""
        names = [
            said
            for said in replay(self.loads, None)
            if said.subject == entity and said.predicate == "name" and not said.is_unchecked and not said.is_deprecated
        ]
        if not names:
            return None
        last = max(names, key=lambda said: (said.span.end_low, said.span.begin_high, said.id))
        newest = [said for said in names if values_meet(said, last) or must_meet(said, last)]
        texts = sorted({said.text or "" for said in newest})
        return texts[0] if len({text.casefold() for text in texts}) == 1 else None


def core(span: Span) -> tuple[date, date]:
    """The days on which it surely was so; where there are none, those on which it can have been."""
    if span.begin_high < span.end_low:
        return span.begin_high, span.end_low
    return span.begin_low, span.end_high


def is_one_period(one: Said, other: Said) -> bool:
    """Whether two claims can speak of one period: what is sure of each is possible for the other."""

    def fits(mine: Span, theirs: Span) -> bool:
        begin, end = core(mine)
        return begin < theirs.end_high and theirs.begin_low < end

    return fits(one.span, other.span) and fits(other.span, one.span)


def must_meet(one: Said, other: Said) -> bool:
    """Whether two claims must have a day in common, so that one cannot have followed the other."""
    return one.span.begin_high < other.span.end_low and other.span.begin_high < one.span.end_low


def of_one_period(claims: list[Said]) -> list[list[Said]]:
    """Claims of one period together, directly or through others."""
    groups = [[said] for said in claims]
    for one, other in combinations(claims, 2):
        if is_one_period(one, other):
            mine = next(group for group in groups if one in group)
            theirs = next(group for group in groups if other in group)
            if mine is not theirs:
                groups.remove(theirs)
                mine.extend(theirs)
    return groups


def qualifiers(predicate: str, *, separating: bool) -> list[str]:
    """The qualifiers that tell two things apart, or those in which claims of one thing must not differ."""
    relationship = SCHEMA.by_type.get(predicate)
    if relationship is None:
        return []
    return [q.name for q in relationship.qualifiers if (q.separating if separating else q.exclusive)]


def is_single(said: Said) -> bool:
    """Whether a subject can have but one of these at once."""
    if said.object is not None:
        return SCHEMA.relationship(said.predicate).one_at_a_time
    return not SCHEMA.property_of(SCHEMA.kind_of(said.subject), said.predicate).many


def are_of_one_kind(one: Said, other: Said) -> bool:
    """Whether no qualifier tells two things apart, as `acting` tells one term from the next."""
    names = qualifiers(one.predicate, separating=True)
    return all(one.qualifier(name) == other.qualifier(name) for name in names)


def values_meet(one: Said, other: Said) -> bool:
    """Whether two values can both be so: ranges that meet, or words that read the same."""
    mine, theirs = one.claim.value, other.claim.value
    assert mine is not None
    assert theirs is not None
    if mine.low is not None and mine.high is not None and theirs.low is not None and theirs.high is not None:
        return max(mine.low, theirs.low) <= min(mine.high, theirs.high)
    if mine.earliest is not None:
        return max(one.first, other.first) <= min(one.last, other.last)
    return str(mine.value).casefold() == str(theirs.value).casefold()


def begins_meet(one: Said, other: Said) -> bool:
    return max(one.span.begin_low, other.span.begin_low) <= min(one.span.begin_high, other.span.begin_high)


def ends_meet(one: Said, other: Said) -> bool:
    return max(one.span.end_low, other.span.end_low) <= min(one.span.end_high, other.span.end_high)


def disagree(one: Said, other: Said) -> bool:
    """Whether two claims of one subject and predicate cannot both be so, neither being held to be mistaken."""
    if one.id == other.id or one.is_deprecated or other.is_deprecated or not are_of_one_kind(one, other):
        return False
    if one.object is None:
        return is_single(one) and must_meet(one, other) and not values_meet(one, other)
    if one.object != other.object:
        return is_single(one) and must_meet(one, other)
    if not is_one_period(one, other):
        return False
    if not (begins_meet(one, other) and ends_meet(one, other)):
        return one.is_state  # what happened on two days happened twice
    given = ((one.qualifier(name), other.qualifier(name)) for name in qualifiers(one.predicate, separating=False))
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in given)


def agreed_days(dates: list[Said]) -> tuple[date, date] | None:
    """The days on which all dates agree, or where they do not, all that they can mean; mistaken ones do not count."""
    counted = [said for said in dates if not said.is_deprecated] or dates
    if not counted:
        return None
    low, high = max(said.first for said in counted), min(said.last for said in counted)
    if low <= high:
        return low, high
    return min(said.first for said in counted), max(said.last for said in counted)


def in_order(texts: Iterable[str | None]) -> list[str]:
    """Texts without repetition and without what is missing; the order tells nothing."""
    return sorted({text for text in texts if text is not None})


def first_of(sayings: list[Said], name: str) -> str | int | None:
    """The first qualifier that is given, in the order of the claims."""
    return next((given for said in sayings if (given := said.qualifier(name)) is not None), None)
