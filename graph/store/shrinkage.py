"""Loads that would lose much of what their source said before: the whole of it, one table, or one thing it says.

What a source says is counted in groups: of one kind of entity one predicate, and of these the claims with a start, with
an end, and with each qualifier. A column that comes blank shows as a group that shrinks, also where each of its claims
has another one in its place; so does a table that comes without its last rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from graph.errors import LoadRefused
from graph.schema import SCHEMA, Claim
from graph.schema.ids import kind_prefix
from graph.schema.loads import LoadRequest
from graph.store.connection import Row

__all__ = ["QUALIFIERS", "Group", "Said", "groups_of_claim", "groups_of_row", "refuse_shrinkage"]

LARGEST_SHRINKAGE: Final = 0.1
"""The share that a load may drop without being told so."""
_SMALLEST_GROUP: Final = 10
"""Of a smaller group the loss of one claim would be more than a tenth, and that is how curated files change."""
_EXAMPLES: Final = 3
"""Claims that are named of each group that shrinks."""
QUALIFIERS: Final = sorted({q.name for relationship in SCHEMA.relationships for q in relationship.qualifiers})


class Group(NamedTuple):
    """Claims that are counted together: `aspect` is empty, `a start`, `an end` or the name of a qualifier."""

    kind: str
    predicate: str
    aspect: str = ""

    def __str__(self) -> str:
        what = f"{self.predicate} of {SCHEMA.by_prefix[self.kind].label}"
        return f"{what} with {self.aspect}" if self.aspect else what


@dataclass
class Said:
    """How much a source said before and says now, by group, with the first of what it no longer says."""

    before: Counter[Group] = field(default_factory=Counter)
    now: Counter[Group] = field(default_factory=Counter)
    examples: dict[Group, list[str]] = field(default_factory=dict)

    def drop(self, groups: Iterable[Group], says: str) -> None:
        """Notes a claim that vanishes."""
        for group in groups:
            kept = self.examples.setdefault(group, [])
            if len(kept) < _EXAMPLES:
                kept.append(says)

    def shrunk(self) -> Iterator[Group]:
        """The groups that shrink by more than is allowed, the largest losses first; of one that shrinks with all its
        aspects alike only the group itself."""
        lost = {
            group: count - self.now[group]
            for group, count in self.before.items()
            if count >= _SMALLEST_GROUP and count - self.now[group] > LARGEST_SHRINKAGE * count
        }
        for group, loss in sorted(lost.items(), key=lambda item: (-item[1], item[0])):
            if not group.aspect or lost.get(group._replace(aspect="")) != loss:
                yield group


def groups_of_claim(claim: Claim) -> Iterator[Group]:
    """The groups to which a claim belongs."""
    dates = claim.dates
    aspects = [
        *(["a start"] if dates.since or dates.on else []),
        *(["an end"] if dates.until or dates.through else []),
        *claim.qualifiers,
    ]
    return _groups(claim.subject, claim.predicate, aspects)


def groups_of_row(row: Mapping[str, Any]) -> Iterator[Group]:
    """The groups of a claim of the graph, from a row of `live_claims_of_load`."""
    aspects = [
        *(["a start"] if row["has_start"] else []),
        *(["an end"] if row["has_end"] else []),
        *row["qualifiers"],
    ]
    return _groups(row["subject"], row["predicate"], aspects)


def _groups(subject: str, predicate: str, aspects: Iterable[str]) -> Iterator[Group]:
    # A source's name becomes an other name where its record is joined with another one; nothing is lost by that.
    what = "name" if predicate == "other_name" else predicate
    for aspect in ("", *aspects):
        yield Group(kind_prefix(subject), what, aspect)


def refuse_shrinkage(request: LoadRequest, loads: list[Row], said: Said, *, dropped: int, said_before: int) -> None:
    """Raises LoadRefused where a load would drop more than a tenth of what its source said, or of a part of it.

    `dropped` of the `said_before` claims would vanish, those that the input withdraws by name not counted.
    """
    tables = list(_shrunk_tables(request, loads))
    groups = list(said.shrunk())
    if dropped <= LARGEST_SHRINKAGE * said_before and not tables and not groups:
        return
    details = [*tables]
    for group in groups or sorted(said.examples, key=lambda group: -said.before[group])[:_EXAMPLES]:
        details.append(f"{group}: {said.before[group]:,} before, {said.now[group]:,} now")
        details += [f"    such as {example}" for example in said.examples.get(group, [])]
    raise LoadRefused(
        f"this load would drop {dropped:,} of the {said_before:,} claims that {request.source} makes",
        details,
        hint="if that is right, load it again with --accept-shrinkage",
    )


def _shrunk_tables(request: LoadRequest, loads: list[Row]) -> Iterator[str]:
    """The files that have far fewer rows than in the last load, in words."""
    finished = next((load for load in loads if load["status"] == "finished"), None)
    before: dict[str, int] = {}
    for text in (finished["rows"] or []) if finished is not None else []:
        name, _, rows = text.rpartition(" ")
        before[name] = int(rows)
    now = {item.name: item.rows for item in request.inputs if item.rows is not None}
    for name, rows in before.items():
        if now and rows >= _SMALLEST_GROUP and rows - now.get(name, 0) > LARGEST_SHRINKAGE * rows:
            yield f"{name}: {rows:,} rows before, {now.get(name, 0):,} now"
