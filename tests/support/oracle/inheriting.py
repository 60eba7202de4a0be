"""What came down to a body from those before it, naively: every path of successions, one step after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from oracle.offices import is_of_a_part
from oracle.record import Said
from oracle.spans import FIRST, LAST
from oracle.world import World


@dataclass(frozen=True)
class Step:
    """One succession, with all claims of it and the days between which it happened."""

    earlier: str
    later: str
    told: tuple[Said, ...]
    first: date
    last: date

    @property
    def is_of_a_part(self) -> bool:
        return any(is_of_a_part(said) for said in self.told)

    @property
    def words(self) -> str:
        on = next((said.claim.dates.on for said in self.told if said.claim.dates.on), "undated")
        hows = list(dict.fromkeys(str(how) for said in self.told if (how := said.qualifier("how"))))
        scope = next((f" ({scope})" for said in self.told if (scope := said.qualifier("scope"))), "")
        return f"{on} {' or '.join(hows) or 'succeeded'}{scope}"


@dataclass(frozen=True)
class Line:
    """A path of successions from a predecessor to the body that is asked about."""

    steps: tuple[Step, ...]
    is_open: bool
    until: date
    """What was told later than this did not come down."""
    moved: date
    """When something on the way last had another successor, too."""

    @property
    def entities(self) -> list[str]:
        return [self.steps[0].earlier, *(step.later for step in self.steps)]

    @property
    def words(self) -> list[str]:
        return [step.words for step in self.steps]

    @property
    def claims(self) -> list[str]:
        return [said.id for step in self.steps for said in step.told]


def lines_to(world: World, heir: str, by_day: date | None) -> dict[str, list[Line]]:
    """For each predecessor the paths from it, the shortest first."""
    found: dict[str, list[Line]] = {}
    for steps in _paths(world, heir, ()):
        line = _line(world, steps, by_day)
        if line is not None:
            found.setdefault(steps[0].earlier, []).append(line)
    return {told: sorted(lines, key=lambda one: (len(one.steps), one.claims)) for told, lines in found.items()}


def choose(lines: list[Line], day: tuple[date, date] | None) -> tuple[Line | None, str | None]:
    """The path by which what was told on a day came down, and whether it did for certain."""
    since = day[0] if day is not None else date(1, 1, 2)
    passing = [line for line in lines if day is None or day[0] <= line.until]
    for line in passing:
        if not line.is_open and line.moved < since:
            return line, "certain"
    return (passing[0], "possible") if passing else (None, None)


def _paths(world: World, heir: str, behind: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    here = behind[0].earlier if behind else heir
    seen = {heir, *(step.earlier for step in behind)}
    for earlier in sorted({said.subject for said in world.said("SUCCEEDED_BY", to=here)} - seen):
        path = (_step(world, earlier, here), *behind)
        if len(path) <= 12:
            yield path
            yield from _paths(world, heir, path)


def _step(world: World, earlier: str, later: str) -> Step:
    told = world.said("SUCCEEDED_BY", of=earlier, to=later)
    told.sort(key=lambda said: (said.span.begin_high, -said.span.begin_low.toordinal(), said.id))
    ends = max(said.span.begin_low for said in told), min(said.span.begin_high for said in told)
    return Step(earlier, later, tuple(told), min(ends), max(ends))


def _line(world: World, steps: tuple[Step, ...], by_day: date | None) -> Line | None:
    """The path; nothing where it had not been gone by the day, or where a part moved on before the whole arrived."""
    until, moved, is_open = LAST, FIRST, False
    for place, step in enumerate(steps):
        arrived = max((one.first for one in steps[:place]), default=FIRST)
        if by_day is not None and step.first > by_day:
            return None
        if step.is_of_a_part and arrived > step.last:
            return None
        if step.is_of_a_part:
            until = min(until, step.last)
        is_open = is_open or step.is_of_a_part or (by_day is not None and step.last > by_day)
        elsewhere = _elsewhere(world, step, by_day)
        if arrived <= elsewhere:
            moved = max(moved, elsewhere)
    return Line(steps, is_open, until, moved)


def _elsewhere(world: World, step: Step, by_day: date | None) -> date:
    """When the body that was succeeded last had another successor by the day."""
    others = {said.object or "" for said in world.said("SUCCEEDED_BY", of=step.earlier)} - {step.later}
    all_steps = [_step(world, step.earlier, other) for other in others]
    return max((one.last for one in all_steps if by_day is None or one.first <= by_day), default=FIRST)
