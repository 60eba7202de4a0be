"""Bodies by name and date: what loaded sources know of names, beginnings, ends and successions.

Names only lead a reference, such as an addressee, to a body; they join no two entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Final, NamedTuple

from graph.schema import Claim
from graph.schema.dates import END_OF_TIME, START_OF_TIME, days_of
from graph.schema.ids import digest_of, name_key
from graph.store.connection import Connection

__all__ = ["Directory", "Said", "body_facts", "body_facts_in_graph"]

_PREDICATES: Final = ("name", "other_name", "kind", "started", "ended", "SUCCEEDED_BY")
_COUNCIL_WORDS: Final = frozenset({"council", "authority", "corporation", "borough", "boro", "county", "city"})
_WELSH: Final = ("cyngor bwrdeistref sirol ", "cyngor sir ", "cyngor ")


class Said(NamedTuple):
    """One thing that a source says of a body."""

    body: str
    predicate: str
    what: str
    """A value, or the body that came after."""
    how: str = ""


@dataclass
class _Body:
    names: set[str] = field(default_factory=set)
    other_names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    started: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    before: dict[str, str] = field(default_factory=dict)

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
            c.subject, c.predicate, c.object or str(c.value.value if c.value else ""), str(c.qualifiers.get("how", ""))
        )
        for c in claims
        if c.predicate in _PREDICATES and c.subject.startswith("body:") and c.review == "checked"
    ]


def body_facts_in_graph(connection: Connection, sources: Iterable[str]) -> list[Said]:
    """The same of what `sources` have brought into the graph."""
    given = list(sources)
    if not given:
        return []
    query = (files("graph.loaders") / "cypher" / "named_bodies.cypher").read_text(encoding="utf-8")
    rows = connection.stream(query, {"sources": given, "predicates": list(_PREDICATES)})
    return [Said(row["body"], row["predicate"], row["what"], row["how"] or "") for row in rows]


class Directory:
    """Finds bodies by name and day. `set_aside`, `starts` and `written_as` (names) are what a person judged."""

    def __init__(
        self,
        facts: Iterable[Said],
        *,
        set_aside: Iterable[str] = (),
        starts: Mapping[str, str] | None = None,
        written_as: Mapping[str, str] | None = None,
    ) -> None:
        self._bodies: dict[str, _Body] = {}
        aside = set(set_aside)
        for body, predicate, what, how in sorted(set(facts)):
            if body not in aside and what not in aside:
                self._take(body, predicate, what, how)
        for body, start in (starts or {}).items():
            if body in self._bodies:
                self._bodies[body].started.add(start)
        self._infer_starts()
        self._primary: dict[str, set[str]] = {}
        self._other: dict[str, set[str]] = {}
        for body, about in self._bodies.items():
            self._index(body, about)
        self._judged = {
            name_key(name): body for name, body in (written_as or {}).items() if self._bodies.get(body) is not None
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
        key = name_key(name)
        for prefix in _WELSH:
            if key.startswith(prefix) and key.endswith(" council"):
                key = key.removeprefix(prefix)
        judged = self._judged.get(key)
        primary = {judged} if judged is not None else self._primary.get(key, set())
        other = set() if judged is not None else self._other.get(key, set())
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

    def _take(self, body: str, predicate: str, what: str, how: str) -> None:
        about = self._bodies.setdefault(body, _Body())
        if predicate == "SUCCEEDED_BY":
            after = self._bodies.setdefault(what, _Body()).before
            after[body] = how or after.get(body, "")
        else:
            values = {"name": about.names, "other_name": about.other_names, "kind": about.kinds,
                      "started": about.started, "ended": about.ended}  # fmt: skip
            values[predicate].add(what)

    def _infer_starts(self) -> None:
        """What was renamed began under its new name when the old one ended."""
        for body in self._bodies.values():
            renamed = [before for before, how in body.before.items() if how == "renamed"]
            if not body.started and len(body.before) == 1 and renamed:
                body.started |= self._bodies[renamed[0]].ended

    def _index(self, body: str, about: _Body) -> None:
        is_council = "Council" in about.kinds
        for name in about.names | (about.other_names if is_council else set()):
            key = name_key(name)
            if not is_council or not _COUNCIL_WORDS.isdisjoint(key.split()):
                self._primary.setdefault(key, set()).add(body)
        for name in about.other_names:
            # Short forms such as CAT or HA mean too many things, and so does a single word.
            if not is_council and len(name_key(name).split()) > 1:
                self._other.setdefault(name_key(name), set()).add(body)
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


def _council_forms(names: Iterable[str]) -> set[str]:
    """`Bolton` as `Bolton Council`, `City of Westminster` as `Westminster City Council`, `… Borough Council`."""
    forms: set[str] = set()
    for key in map(name_key, names):
        if key.startswith("city of "):
            forms.add(f"{key.removeprefix('city of ')} city council")
        plain = key.removeprefix("london borough of ").removeprefix("royal borough of ")
        if _COUNCIL_WORDS.isdisjoint(plain.split()):
            forms |= {f"{plain} council", f"{plain} borough council", f"{plain} metropolitan borough council"}
    return forms


def _force_forms(names: Iterable[str]) -> set[str]:
    """`Norfolk Constabulary` as `Norfolk Police` and the other way round."""
    forms: set[str] = set()
    for key in map(name_key, names):
        if key.endswith(" constabulary"):
            forms.add(f"{key.removesuffix(' constabulary')} police")
        elif key.endswith(" police"):
            forms.add(f"{key.removesuffix(' police')} constabulary")
    return forms
