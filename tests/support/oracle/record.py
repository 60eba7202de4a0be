"""What was loaded when, as a plain list, and what a graph that was told so says at a time of recording.

A load gives all that its source says. What the source said before and does not say now is closed; what is withdrawn is
closed; what is redacted was never there, at whatever time one asks. The list is gone through from its beginning for
each question, so that there is no second time to get wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from graph.schema import SCHEMA, Claim, Source
from graph.schema.loads import Closing
from oracle.spans import FIRST, LAST, Span, days_meant, span_of


@dataclass(frozen=True)
class Stated:
    """A claim with the source that makes it."""

    claim: Claim
    source: Source

    @property
    def time_class(self) -> str:
        kind = SCHEMA.kind_of(self.claim.subject)
        if self.claim.object is None:
            return SCHEMA.property_of(kind, self.claim.predicate).time_class.value
        relationship = SCHEMA.relationship(self.claim.predicate)
        return SCHEMA.time_class(relationship, kind, SCHEMA.kind_of(self.claim.object)).value

    @property
    def as_at(self) -> tuple[date, date]:
        """When the document speaks: its newest version counts."""
        version, source = self.source.version, self.source
        published = (version.published if version else None) or source.published
        retrieved = (version.retrieved_at if version else None) or source.retrieved_at
        text = published or retrieved
        return days_meant(text) if text else (FIRST, LAST)

    @property
    def public_at_latest(self) -> date:
        version = self.source.version
        text = self.source.published or (version.published if version else None) or self.source.retrieved_at
        return days_meant(text)[1] if text else LAST


@dataclass(frozen=True)
class Load:
    """One load: when, of which source, all that it says, and what it takes back."""

    at: datetime
    source: str
    states: tuple[Stated, ...]
    closings: tuple[Closing, ...] = ()


@dataclass(frozen=True, eq=False)
class Said:
    """One reading of a claim, as the graph has it at the time of recording that is asked about."""

    id: str
    stated: Stated
    load_source: str
    recorded_at: datetime
    span: Span
    places: tuple[Stated, ...]
    """Where it was read: once for each version."""
    corrects: frozenset[str] = frozenset()

    @property
    def claim(self) -> Claim:
        return self.stated.claim

    @property
    def subject(self) -> str:
        return self.claim.subject

    @property
    def predicate(self) -> str:
        return self.claim.predicate

    @property
    def object(self) -> str | None:
        return self.claim.object

    @property
    def document(self) -> str:
        return self.stated.source.document

    @property
    def text(self) -> str | None:
        return self.claim.value.text if self.claim.value is not None else None

    @property
    def first(self) -> date:
        """The first day that a date can mean."""
        assert self.claim.value is not None
        assert self.claim.value.earliest is not None
        return self.claim.value.earliest

    @property
    def last(self) -> date:
        """The last day that a date can mean."""
        assert self.claim.value is not None
        assert self.claim.value.latest is not None
        return self.claim.value.latest

    @property
    def is_reading(self) -> bool:
        return self.claim.method == "reading"

    @property
    def is_unchecked(self) -> bool:
        return self.claim.review == "unchecked"

    @property
    def is_deprecated(self) -> bool:
        return self.claim.deprecated is not None

    @property
    def is_register_state(self) -> bool:
        return self.stated.source.is_register and self.stated.time_class == "state"

    @property
    def is_state(self) -> bool:
        return self.stated.time_class == "state"

    def is_public(self, day: date) -> bool:
        """Whether it is shown to have been public by `day`, or is a state of a register."""
        return self.is_register_state or self.stated.public_at_latest <= day

    def qualifier(self, name: str) -> str | int | None:
        return self.claim.qualifiers.get(name)


def replay(loads: tuple[Load, ...], until: datetime | None) -> list[Said]:
    """What the graph said at `until`, checked or not; at the end of the list where it is None."""
    redacted = {closing.claim for load in loads for closing in load.closings if closing.reason == "redacted"}
    open_, _, there = _go_through(loads, until)
    _, corrections, _ = _go_through(loads, None)
    return [
        replace(said, corrects=frozenset(corrections.get(said.id, set()) & there))
        for base, said in open_.items()
        if base not in redacted
    ]


def _go_through(
    loads: tuple[Load, ...], until: datetime | None
) -> tuple[dict[str, Said], dict[str, set[str]], set[str]]:
    """The open readings, which claims a reading corrects, and every claim that ever was there."""
    open_: dict[str, Said] = {}
    readings: Counter[str] = Counter()
    corrections: dict[str, set[str]] = defaultdict(set)
    there: set[str] = set()
    for load in loads:
        if until is not None and load.at > until:
            break
        for stated in load.states:
            _take_in(open_, readings, stated, load)
        given = {stated.claim.id for stated in load.states}
        withdrawn = {closing.claim for closing in load.closings}
        there |= given
        for base, said in list(open_.items()):
            if base in withdrawn or (said.load_source == load.source and base not in given):
                del open_[base]
        for claim in (stated.claim for stated in load.states):
            if claim.corrects is not None and claim.corrects in there and claim.id in open_:
                corrections[open_[claim.id].id].add(claim.corrects)
        there |= withdrawn  # of a redacted claim that never came a tombstone stands there from now on
    return open_, corrections, there


def _take_in(open_: dict[str, Said], readings: Counter[str], stated: Stated, load: Load) -> None:
    claim = stated.claim
    said = open_.get(claim.id)
    if said is None or _how(said.claim) != _how(claim):
        readings[claim.id] += 1
        number = readings[claim.id]
        name = claim.id if number == 1 else f"{claim.id}~{number}"
        span = span_of(stated.time_class, claim.dates, stated.as_at)
        open_[claim.id] = Said(name, stated, load.source, load.at, span, (stated,))
    elif stated.source.version not in [place.source.version for place in said.places]:
        end = span_of(stated.time_class, claim.dates, stated.as_at).end_low
        span = said.span._replace(end_low=max(end, said.span.end_low))
        open_[claim.id] = replace(said, span=span, places=(*said.places, stated))


def _how(claim: Claim) -> tuple[str, str, str | None]:
    """How it was read: where that changes, the reading is another one."""
    return claim.method, claim.review, claim.deprecated


def ids_of(sayings: list[Said]) -> set[str]:
    return {said.id for said in sayings}


def mentioned(loads: tuple[Load, ...]) -> Iterator[str]:
    """Every entity of which the graph still holds a claim, open or closed."""
    redacted = {closing.claim for load in loads for closing in load.closings if closing.reason == "redacted"}
    for stated in (stated for load in loads for stated in load.states):
        claim = stated.claim
        if claim.id not in redacted:
            yield from (one for one in (claim.subject, claim.object, claim.said_by) if one is not None)
            yield stated.source.document
