"""Pairs of entities that may be one, for people to judge: names only propose, and nothing is merged by them.

Proposed are entities of one kind whose names are alike, which no source keeps apart and whose lifetimes meet, and which
nobody has judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.loaders.judgements.joined import Judged
from graph.loaders.judgements.likeness import Words, alike_words, likeness, words_of
from graph.loaders.statements import statement
from graph.schema.dates import END_OF_TIME, START_OF_TIME, days_of
from graph.schema.ids import kind_prefix
from graph.store.connection import Connection

__all__ = ["Origins", "Proposal", "Side", "proposals", "read_proposals", "write_proposals"]

_MOST_ALIKE: Final = 60
"""Entities of one set of words beyond which it is no name but a common word, such as `landlord`."""
_OTHER_NAME: Final = 5
_OTHER_KIND: Final = 15
_NO_DATES: Final = 3


class Side(BaseModel):
    """One of two that are compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    other_names: list[str]
    kinds: list[str]
    identifiers: list[str]
    sources: list[str]
    since: str | None
    """When it began or was first in office, as far as that is known."""
    until: str | None
    of: list[str]
    """The bodies of an office."""


class Proposal(BaseModel):
    """Two that may be one, how alike they are (0 to 100), and why it is proposed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    one: Side
    other: Side
    score: int
    reasons: list[str]

    @property
    def pair(self) -> frozenset[str]:
        """The ids in any order."""
        return frozenset((self.one.id, self.other.id))


@dataclass(frozen=True)
class _Entity:
    side: Side
    names: frozenset[str]
    sources: frozenset[str]
    start: date
    end: date
    rank: int
    """Of the source that describes it first."""


@dataclass(frozen=True)
class Origins:
    """What is to be known of sources to compare what they describe."""

    order: tuple[str, ...]
    """In which they are loaded: of two entities the one that is known first is kept."""
    by_name: frozenset[str]
    """Those that have names only, and no keys, so that two of their spellings may be one."""


def proposals(connection: Connection, judged: Judged, origins: Origins) -> list[Proposal]:
    """All pairs to be judged, the likest first."""
    by_kind: dict[str, list[_Entity]] = {}
    for row in connection.stream(statement("reviewable_entities"), {}):
        entity = _entity(dict(row), origins)
        by_kind.setdefault(kind_prefix(entity.side.id), []).append(entity)
    decided = _decided(connection, judged)
    found = [
        proposal
        for entities in by_kind.values()
        for proposal in _alike(entities, origins.by_name)
        if proposal.pair not in decided
    ]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.one.id, proposal.other.id))


def _decided(connection: Connection, judged: Judged) -> set[frozenset[str]]:
    """The judged pairs, by the ids that their entities have in the graph."""
    pairs = judged.decided
    ids = sorted({entity for pair in pairs for entity in pair})
    now = {row["id"]: row["entity"] for row in connection.read(statement("joined_entities"), {"ids": ids})}
    return pairs | {frozenset(now.get(entity, entity) for entity in pair) for pair in pairs}


def write_proposals(path: Path, found: Iterable[Proposal]) -> None:
    """Writes proposals as JSON, one a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for proposal in found:
            file.write(json.dumps(proposal.model_dump(), ensure_ascii=False) + "\n")


def read_proposals(path: Path) -> list[Proposal]:
    """What was written last; nothing where the file is not there."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return [Proposal.model_validate_json(line) for line in file]


def _entity(row: dict[str, Any], origins: Origins) -> _Entity:
    kind = kind_prefix(row["id"]).casefold()
    since, until = _bounds(row)
    sources = sorted({"seeds" if source.startswith("seeds/") else source for source in row["sources"]})
    side = Side(
        id=row["id"],
        name=row["names"][0],
        other_names=sorted({*row["names"][1:], *row["other_names"]}),
        kinds=sorted(label for label in row["labels"] if label.casefold() not in {"entity", kind}),
        identifiers=sorted(row["identifiers"]),
        sources=sources,
        since=since.isoformat() if since > START_OF_TIME else None,
        until=until.isoformat() if until < END_OF_TIME else None,
        of=sorted(row["of"]),
    )
    rank = min((origins.order.index(name) for name in sources if name in origins.order), default=len(origins.order))
    return _Entity(side, frozenset(row["names"]), frozenset(sources), since, until, rank)


def _bounds(row: dict[str, Any]) -> tuple[date, date]:
    """The widest lifetime that is documented; of people that of their terms."""
    terms = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["terms"] if first and last]
    if terms:
        return min(first for first, _ in terms), max(last for _, last in terms)
    since = min((days_of(text)[0] for text in row["started"]), default=START_OF_TIME)
    until = max((days_of(text)[1] for text in row["ended"]), default=END_OF_TIME)
    return since, until


def _alike(entities: list[_Entity], by_name: frozenset[str]) -> Iterator[Proposal]:
    holders: dict[Words, dict[int, str]] = {}
    for number, entity in enumerate(entities):
        for name in (*entity.names, *entity.side.other_names):
            words = words_of(name)
            if words:
                holders.setdefault(words, {}).setdefault(number, name)
    best: dict[frozenset[int], Proposal] = {}
    for one_words, other_words in alike_words(holders):
        mine, theirs = holders[one_words], holders[other_words]
        if max(len(mine), len(theirs)) > _MOST_ALIKE:
            continue
        for (one, my_name), (other, their_name) in product(mine.items(), theirs.items()):
            key = frozenset((one, other))
            if len(key) == 2 and _can_be_one(entities[one], entities[other], by_name):
                proposal = _proposal(entities[one], entities[other], my_name, their_name)
                if key not in best or best[key].score < proposal.score:
                    best[key] = proposal
    yield from best.values()


def _can_be_one(one: _Entity, other: _Entity, by_name: frozenset[str]) -> bool:
    """Whether no source has both under keys of its own, and their lifetimes meet."""
    if (one.sources & other.sources) - by_name:
        return False
    if one.side.id.startswith("person:"):
        return True  # somebody can hold one office long after another
    return one.start < other.end and other.start < one.end


def _proposal(one: _Entity, other: _Entity, my_name: str, their_name: str) -> Proposal:
    first, second = sorted((one, other), key=_rank)
    if first is other:
        my_name, their_name = their_name, my_name
    score = likeness(my_name, their_name)
    is_same = words_of(my_name) == words_of(their_name)
    reasons = ["the same words" if is_same else "one word is spelt nearly alike"]
    reasons = [f"{reasons[0]}: {my_name!r} and {their_name!r}" if my_name != their_name else f"one name: {my_name!r}"]
    if my_name not in first.names or their_name not in second.names:
        score -= _OTHER_NAME
        reasons.append("by another name of one of them")
    kinds = [set(entity.side.kinds) - {"OtherBody"} for entity in (first, second)]
    if kinds[0] and kinds[1] and kinds[0].isdisjoint(kinds[1]):
        score -= _OTHER_KIND
        reasons.append(f"their kinds differ: {', '.join(sorted(kinds[0]))} and {', '.join(sorted(kinds[1]))}")
    if any(entity.start == START_OF_TIME and entity.end == END_OF_TIME for entity in (first, second)):
        score -= _NO_DATES
        reasons.append("of one there are no dates")
    else:
        is_one_time = first.start < second.end and second.start < first.end
        reasons.append("their times meet" if is_one_time else "they were at other times")
    return Proposal(one=first.side, other=second.side, score=max(0, round(score)), reasons=reasons)


def _rank(entity: _Entity) -> tuple[bool, int, str]:
    """Which of two is kept: one with an id that a person chose, then the one whose source is loaded first."""
    return "." in entity.side.id, entity.rank, entity.side.id
