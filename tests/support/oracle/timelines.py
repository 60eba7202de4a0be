"""The naive answers about what happened around an entity, and about how two entities are connected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from graph.schema import SCHEMA
from oracle.record import Said, ids_of, replay
from oracle.world import (
    Row,
    World,
    answers,
    are_of_one_kind,
    begins_meet,
    ends_meet,
    first_of,
    must_meet,
    of_one_period,
    qualifiers,
)

_TERMS = {"HELD", "LED_BY"}
_BOTH_WAYS = ("HELD", "COMMISSIONED_BY", "REQUESTED_BY", "LED_BY", "SUCCEEDED_BY", "REPLACES", "FOLLOWS")
_TOWARDS = (
    *_BOTH_WAYS,
    *("MADE_BY", "CONCERNS", "ADDRESSED_TO", "INVOLVED", "OCCURRED_IN", "PUBLISHED_BY", "WRITTEN_BY", "EXAMINES"),
    *("CARRIED_OUT_BY", "ASSESSED_BY", "TARGETS"),
)
_AWAY = (*_BOTH_WAYS, "PRODUCED")
_Moment = tuple[str, str | None, date | None, date | None, set[str]]


@answers("timeline")
def timeline(world: World) -> list[Row]:
    entity = world.question.asked("entity")
    found: dict[tuple[Any, ...], tuple[list[Said], set[str]]] = defaultdict(lambda: ([], set()))
    parts = [(said, said.subject) for said in world.said(*_TOWARDS, to=entity)]
    parts += [(said, said.object or "") for said in world.said(*_AWAY, of=entity)]
    dated: set[tuple[str, str]] = set()
    for said, item in sorted(parts, key=lambda part: part[0].id):
        for suffix, text, first, last, behind in _moments(world, said, item):
            links, reasons = found[item, said.predicate, suffix, text, first, last]
            links.append(said)
            reasons |= behind
            if text is not None:
                dated.add((item, said.predicate))
    return [
        {
            "date": text,
            "earliest": first.isoformat() if first else None,
            "latest": last.isoformat() if last else None,
            "what": predicate + suffix,
            "item": item,
            "role": first_of(links, "role"),
            "claims": ids_of(links) | reasons,
        }
        for (item, predicate, suffix, text, first, last), (links, reasons) in found.items()
        if (text is not None or (item, predicate) not in dated) and _is_asked(world, first, last)
    ]


def _is_asked(world: World, first: date | None, last: date | None) -> bool:
    begin, end = world.question.asked("from"), world.question.asked("until")
    if begin and last and last < date.fromisoformat(begin):
        return False
    return not (end and first and first >= date.fromisoformat(end))


def _moments(world: World, said: Said, item: str) -> Iterator[_Moment]:
    """When the entity took part, in the words of a document: suffix, date, first and last day, and the claims."""
    yield "", None, None, None, set()
    given, span = said.claim.dates, said.span
    on = None if given.on == "unknown" else given.on
    if said.predicate in _TERMS and on:
        words = {4: " in that year", 7: " in that month", 10: " on that day"}
        first = date.fromordinal(span.end_low.toordinal() - 1)
        yield words[len(on)], on, first, span.begin_high, set()
    elif said.predicate in _TERMS:
        end = given.until or given.through
        if given.since not in {None, "unknown"}:
            yield " begins", given.since, span.begin_low, span.begin_high, set()
        if end not in {None, "unknown"}:
            yield " ends", end, span.end_low, span.end_high, set()
    elif on:
        yield "", on, span.begin_low, span.begin_high, set()
    else:
        for day in world.said("date", "published", of=item):
            yield "", day.text, day.first, day.last, {day.id}
    if said.predicate in {"TARGETS", "CONCERNS"}:
        for made in world.said("MADE_IN", of=item):
            for day in world.said("published", of=made.object):
                yield "", day.text, day.first, day.last, {made.id, day.id}


@dataclass(frozen=True, eq=False)
class Link:
    """A relationship of the current view that claims of the times asked about support."""

    start: str
    type: str
    end: str
    disputed: bool
    claims: frozenset[str]


Path = tuple[tuple[Link, str], ...]
"""Steps, each with the entity that it leads to."""


def judge_paths(world: World, rows: list[Row]) -> str | None:
    """What is wrong with an answer about paths; there may be several right ones, where paths are equally long."""
    start, end = world.question.asked("start"), world.question.asked("end")
    most = min(12, int(world.question.given.get("most", 3)))
    links = list(_links(world))
    expected = _shortest(links, start, end, most)
    given: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        given[row["path"]].append(row)
    if sorted(given) != list(range(1, len(expected) + 1)):
        return f"{len(given)} paths, not {len(expected)}"
    if [len(given[number]) for number in sorted(given)] != [len(path) for path in expected]:
        return f"paths of other lengths than {[len(path) for path in expected]}"
    seen = set()
    for number, steps in given.items():
        used = _follow(links, start, end, steps)
        if used is None:
            return f"path {number} is none: {steps}"
        seen.add(used)
    return None if len(seen) == len(given) else "a path is given twice"


def _follow(links: list[Link], start: str, end: str, steps: list[Row]) -> tuple[frozenset[str], ...] | None:
    """The claims of the links that the steps go through, or nothing where they do not lead from start to end."""
    here, used = start, []
    for position, step in enumerate(steps, start=1):
        forward = step["direction"] == "forward"
        ends = (step["origin"], step["target"]) if forward else (step["target"], step["origin"])
        fitting = [
            link
            for link in links
            if (link.start, link.type, link.end) == (ends[0], step["relationship"], ends[1])
            and link.disputed == step["disputed"]
            and link.claims <= step["claims"]
        ]
        if step["origin"] != here or step["step"] != position or not fitting:
            return None
        used.append(fitting[0].claims)
        here = step["target"]
    return tuple(used) if here == end and len(set(used)) == len(used) else None


def _shortest(links: list[Link], start: str, end: str, most: int) -> list[Path]:
    """The shortest paths, at most seven steps long; none goes through a link twice."""
    leaving: dict[str, list[tuple[Link, str]]] = defaultdict(list)
    for link in links:
        leaving[link.start].append((link, link.end))
        leaving[link.end].append((link, link.start))
    distance = {end: 0}
    ring = [end]
    while ring:
        ring = [one for here in ring for _, one in leaving[here] if one not in distance]
        distance |= dict.fromkeys(ring, max(distance.values()) + 1)
    found: list[Path] = []
    for length in range(1, 8):
        if len(found) < most:
            found += _ways(leaving, distance, (), start, end, length, most - len(found))
    return found


def _ways(
    leaving: dict[str, list[tuple[Link, str]]],
    distance: dict[str, int],
    so_far: Path,
    here: str,
    end: str,
    left: int,
    most: int,
) -> list[Path]:
    if left == 0:
        return [so_far] if here == end else []
    found: list[Path] = []
    for link, there in leaving[here]:
        if len(found) < most and distance.get(there, 99) < left and all(link is not used for used, _ in so_far):
            found += _ways(leaving, distance, (*so_far, (link, there)), there, end, left - 1, most - len(found))
    return found


def _links(world: World) -> Iterator[Link]:
    """The relationships of the current view with a claim that the graph made at the times asked about."""
    groups: dict[tuple[Any, ...], list[Said]] = defaultdict(list)
    for said in replay(world.loads, None):
        if said.object is not None and not said.is_unchecked and not said.is_deprecated:
            kinds = [said.qualifier(name) for name in qualifiers(said.predicate, separating=True)]
            groups[said.subject, said.predicate, said.object, *kinds].append(said)
    periods = [
        period for group in groups.values() for period in (of_one_period(group) if group[0].is_state else [group])
    ]
    counted = ids_of(world.claims)
    for period in periods:
        claims = frozenset(ids_of(period) & counted)
        if claims:
            one = period[0]
            disputed = any(_differ(mine, other) for mine, other in combinations(period, 2)) or any(
                _are_rivals(one, other[0]) and any(must_meet(mine, theirs) for mine in period for theirs in other)
                for other in periods
            )
            yield Link(one.subject, one.predicate, one.object or "", disputed, claims)


def _are_rivals(one: Said, other: Said) -> bool:
    same = (one.subject, one.predicate) == (other.subject, other.predicate)
    return same and one.object != other.object and SCHEMA.relationship(one.predicate).one_at_a_time


def _differ(one: Said, other: Said) -> bool:
    """Whether two claims of one relationship contradict each other; those of one period through a third among them."""
    assert are_of_one_kind(one, other)
    if not (begins_meet(one, other) and ends_meet(one, other)):
        return one.is_state
    given = ((one.qualifier(name), other.qualifier(name)) for name in qualifiers(one.predicate, separating=False))
    return any(mine is not None and theirs is not None and mine != theirs for mine, theirs in given)
