"""Bodies by name and date: what loaded sources know of names, beginnings, ends and successions.

Names only lead a reference, such as an addressee, to a body; they join no two entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from graph.loaders.statements import statement
from graph.schema import Claim
from graph.schema.dates import END_OF_TIME, START_OF_TIME, days_of
from graph.schema.ids import digest_of, name_key
from graph.store.connection import Connection

__all__ = ["PREDICATES", "Directory", "Said", "body_facts", "body_facts_in_graph"]

PREDICATES: Final = ("name", "other_name", "kind", "started", "ended", "SUCCEEDED_BY")
_COUNCIL_WORDS: Final = frozenset({"council", "authority", "corporation", "borough", "boro", "county", "city"})
_WELSH: Final = ("cyngor bwrdeistref sirol ", "cyngor sir ", "cyngor ")


class Said(NamedTuple):
    """One thing that a source says of a body."""

    body: str
    predicate: str
    what: str
    """A value, or the body that came after."""
    how: str = ""
    on: str = ""
    """The day of a succession, or one on which a list has the body under this name, as given."""


@dataclass
class _Body:
    names: set[str] = field(default_factory=set)
    other_names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    started: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    before: dict[str, str] = field(default_factory=dict)
    after: set[str] = field(default_factory=set)
    followed_on: set[str] = field(default_factory=set)
    """Days on which another body became this one."""
    seen: set[str] = field(default_factory=set)
    """Days on which a list has it."""

    @property
    def start(self) -> date | None:
        """The earliest day that a source gives or leaves open."""
        return min((days_of(text)[0] for text in self.started), default=None)

    @property
    def end(self) -> date:
        """The latest day that a source gives or leaves open."""
        return max((days_of(text)[1] for text in self.ended), default=END_OF_TIME)


def body_facts(claims: Iterable[Claim]) -> list[Said]:
    """What checked claims say of bodies."""
    return [
        Said(
            c.subject,
            c.predicate,
            c.object or str(c.value.value if c.value else ""),
            str(c.qualifiers.get("how", "")),
            c.dates.on or "",
        )
        for c in claims
        if c.predicate in PREDICATES and c.subject.startswith("body:") and c.review == "checked"
    ]


def body_facts_in_graph(connection: Connection, sources: Iterable[str]) -> list[Said]:
    """The same of what `sources` have brought into the graph."""
    given = list(sources)
    if not given:
        return []
    query = statement("named_bodies")
    rows = connection.stream(query, {"sources": given, "predicates": list(PREDICATES)})
    return [Said(row["body"], row["predicate"], row["what"], row["how"] or "", row["on"] or "") for row in rows]


class Directory:
    """Finds bodies by name and day. `written_as` is what people judged of spellings: a body, or that it is none."""

    def __init__(self, facts: Iterable[Said], *, written_as: Mapping[str, str | None] | None = None) -> None:
        self._bodies: dict[str, _Body] = {}
        for said in sorted(set(facts)):
            self._take(said)
        self._infer_starts()
        self._primary: dict[str, set[str]] = {}
        self._other: dict[str, set[str]] = {}
        for body, about in self._bodies.items():
            self._index(body, about)
        self._judged = {
            _key_of(name): body for name, body in (written_as or {}).items() if body is None or body in self._bodies
        }

    @property
    def digest(self) -> str:
        """Changes when a name could lead to another body."""
        bodies = {
            name: [sorted(body.names), sorted(body.other_names), str(body.start), str(body.end), sorted(body.before)]
            for name, body in self._bodies.items()
        }
        return digest_of([bodies, self._judged])

    def find(self, name: str, day: date | None) -> str | None:
        """The one body that this name meant on this day, or None where there is none or more than one.

        A body that had not begun stands for what it came from; one that had ended is still the one that is named.
        Without a day only a name that never belonged to two bodies is found.
        """
        key = _key_of(name)
        for prefix in _WELSH:
            if key.startswith(prefix) and key.endswith(" council"):
                key = key.removeprefix(prefix)
        primary, other = self._primary.get(key, set()), self._other.get(key, set())
        if key in self._judged:
            judged = self._judged[key]
            primary, other = {judged} if judged is not None else set(), set()
        found = primary | other
        if day is None:
            return next(iter(found)) if len(found) == 1 else None
        alive = {body for body in primary if self._is_alive(body, day)}
        alive = alive or {body for body in other if self._is_alive(body, day)}
        if not alive:
            alive = {before for body in found for before in self._predecessors(body, day)}
        if not alive:
            alive = {body for body in found if self._has_begun(body, day)}
        return alive.pop() if len(alive) == 1 else None

    def _take(self, said: Said) -> None:
        about = self._bodies.setdefault(said.body, _Body())
        if said.predicate == "SUCCEEDED_BY":
            successor = self._bodies.setdefault(said.what, _Body())
            successor.before[said.body] = said.how or successor.before.get(said.body, "")
            successor.followed_on |= {said.on} - {""}
            about.after.add(said.what)
        else:
            values = {"name": about.names, "other_name": about.other_names, "kind": about.kinds,
                      "started": about.started, "ended": about.ended}  # fmt: skip
            values[said.predicate].add(said.what)
            about.seen |= {said.on} - {""}

    def _infer_starts(self) -> None:
        """What came of bodies that became nothing else began when they ended, or when it followed them.

        Not where it took them over (merged, functions moved), nor where a list has it before.
        """
        inferred = {name: self._start_after(name, body) for name, body in self._bodies.items() if not body.started}
        for name, starts in inferred.items():
            first = min((days_of(text)[0] for text in starts), default=END_OF_TIME)
            if all(days_of(text)[0] >= first for text in self._bodies[name].seen):
                self._bodies[name].started |= starts

    def _start_after(self, name: str, body: _Body) -> set[str]:
        before = [self._bodies[other] for other in body.before]
        if any(other.after != {name} for other in before) or set(body.before.values()) - {"renamed", ""}:
            return set()
        if before and all(other.ended for other in before) and len({other.end for other in before}) == 1:
            return {text for other in before for text in other.ended}
        return body.followed_on if len(before) == 1 else set()

    def _index(self, body: str, about: _Body) -> None:
        is_council = "Council" in about.kinds
        for name in about.names | (about.other_names if is_council else set()):
            key = _key_of(name)
            if not is_council or not _COUNCIL_WORDS.isdisjoint(key.split()):
                self._primary.setdefault(key, set()).add(body)
        for name in about.other_names:
            # Short forms such as CAT or HA mean too many things, and so does a single word.
            if not is_council and len(_key_of(name).split()) > 1:
                self._other.setdefault(_key_of(name), set()).add(body)
        for key in _council_forms(about.names | about.other_names) if is_council else ():
            self._other.setdefault(key, set()).add(body)
        for key in _force_forms(about.names) if "PoliceForce" in about.kinds else ():
            self._other.setdefault(key, set()).add(body)

    def _has_begun(self, body: str, day: date) -> bool:
        return (self._bodies[body].start or START_OF_TIME) <= day

    def _is_alive(self, body: str, day: date) -> bool:
        return self._has_begun(body, day) and day <= self._bodies[body].end

    def _predecessors(self, body: str, day: date) -> set[str]:
        """The bodies from which one that had not begun came, as they were on the day."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [] if self._has_begun(body, day) else [body]
        while waiting:
            links = self._bodies[waiting.pop()].before
            renamed = [before for before, how in links.items() if how == "renamed"]
            for before in renamed or [before for before, how in links.items() if how != "functions_moved"]:
                if before in seen:
                    continue
                seen.add(before)
                if self._is_alive(before, day):
                    found.add(before)
                elif not self._has_begun(before, day):
                    waiting.append(before)
        return found


def _key_of(name: str) -> str:
    """The form in which names are compared; an article before them does not count."""
    return name_key(name).removeprefix("the ")


def _council_forms(names: Iterable[str]) -> set[str]:
    """`Bolton` as `Bolton Council`, `City of Westminster` as `Westminster City Council`, `… Borough Council`."""
    forms: set[str] = set()
    for key in map(_key_of, names):
        if key.startswith("city of "):
            forms.add(f"{key.removeprefix('city of ')} city council")
        plain = key.removeprefix("london borough of ").removeprefix("royal borough of ")
        if _COUNCIL_WORDS.isdisjoint(plain.split()):
            forms |= {f"{plain} council", f"{plain} borough council", f"{plain} metropolitan borough council"}
    return forms


def _force_forms(names: Iterable[str]) -> set[str]:
    """`Norfolk Constabulary` as `Norfolk Police` and the other way round."""
    forms: set[str] = set()
    for key in map(_key_of, names):
        if key.endswith(" constabulary"):
            forms.add(f"{key.removesuffix(' constabulary')} police")
        elif key.endswith(" police"):
            forms.add(f"{key.removesuffix(' police')} constabulary")
    return forms
