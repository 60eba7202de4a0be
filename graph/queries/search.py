"""Full-text search over names, other names, identifiers and summaries of the current view, forgiving typing errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.schema.constraints import FULLTEXT_INDEX
from graph.schema.ids import name_key
from graph.schema.kinds import ValueType
from graph.store.connection import Reader, Row

__all__ = ["WIDEST", "Matches", "Sought", "escape_lucene", "find_matches", "search_entities", "suggest_entities"]

WIDEST: Final = 1_000
"""So many are ranked and counted at the most."""
_RANKED: Final = 100
"""So many are ranked at the least, whatever few are wanted."""
_SUGGESTED: Final = 300
_LONGEST_SEARCH: Final = 200
_LUCENE: Final = re.compile(r'([+\-!(){}\[\]^"~*?:\\/]|&&|\|\|)')
_WORDS_OF_LUCENE: Final = frozenset({"AND", "OR", "NOT", "TO"})
_DATES: Final = sorted({p.name for k in SCHEMA.kinds for p in k.properties if p.type is ValueType.DATE})
_FACETS: Final = ("kind", "sub_kind", "form")


class Sought(BaseModel):
    """What is searched for: words, and what narrows them down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    kinds: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Entities with which each one found has a relationship, or which it is itself."""
    since: date | None = None
    """Only what has a date that can be this day or later."""
    until: date | None = None
    """Only what has a date that can be before this day."""
    recorded_at: datetime | None = None
    """Only entities of which this graph had recorded something by then."""


class Matches(BaseModel):
    """What was found, the likeliest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: list[Row]
    """id, label, name, other_names, summary, sub_kinds, form, and score: 0 to 100, how alike name and text are."""
    is_complete: bool
    """Whether nothing else matches; else the likeliest for the index were looked at."""
    facets: dict[str, list[dict[str, Any]]]
    """How many there are of each kind (whatever kind is asked for), sub-kind and form: value and count."""


def find_matches(reader: Reader, sought: Sought, *, most: int = WIDEST, shortest: int = 3) -> Matches:
    """The entities that are sought, among the `most` that the index finds; `shortest` words may go on otherwise."""
    lucene = _as_lucene(sought.text, shortest)
    if not lucene or not reader.read(statement("has_index"), {"index": FULLTEXT_INDEX}):
        return Matches(rows=[], is_complete=True, facets={name: [] for name in _FACETS})
    asked = sought.model_dump(include={"others", "since", "until", "recorded_at"})
    parameters = {"index": FULLTEXT_INDEX, "text": lucene, "limit": most, "dates": _DATES, **asked}
    rows = reader.read(statement("search"), {**parameters, "others": list(sought.others)})
    seen = rows[0]["seen"] if rows else 0
    found = [row for row in rows if row.pop("seen") and row["id"] is not None]
    fitting = [row for row in found if not sought.kinds or row["label"] in sought.kinds]
    for row in fitting:
        row["score"] = _score(name_key(sought.text), row)
    return Matches(
        rows=sorted(fitting, key=lambda row: (-row["score"], row["id"])),
        is_complete=seen < most,
        facets={
            "kind": _counted(row["label"] for row in found),
            "sub_kind": _counted(name for row in fitting for name in row["sub_kinds"]),
            "form": _counted(row["form"] for row in fitting),
        },
    )


def search_entities(reader: Reader, text: str, *, limit: int = 25, kinds: tuple[str, ...] = ()) -> list[Row]:
    """Entities whose names or summaries hold the words of `text`, the likeliest first; typing errors are forgiven.

    Each row has id, label, name, summary and score (0 to 100, how alike name and text are). Of some `kinds`, those
    among the first thousand that are found.
    """
    most = WIDEST if kinds else max(limit, _RANKED)
    return find_matches(reader, Sought(text=text, kinds=kinds), most=most).rows[:limit]


def suggest_entities(reader: Reader, text: str, *, limit: int = 10, kinds: tuple[str, ...] = ()) -> list[Row]:
    """What somebody who types `text` may mean: names that begin so, those with a word that does, then likely ones."""
    most = WIDEST if kinds else _SUGGESTED
    rows = find_matches(reader, Sought(text=text, kinds=kinds), most=most, shortest=2).rows
    key = name_key(text)
    return sorted(rows, key=lambda row: (_beginning(key, row), -row["score"], row["id"]))[:limit]


def escape_lucene(text: str) -> str:
    """`text` with everything that Lucene takes for an operator made into plain text."""
    escaped = _LUCENE.sub(lambda match: "".join(f"\\{character}" for character in match.group()), text)
    return " ".join(word.lower() if word in _WORDS_OF_LUCENE else word for word in escaped.split())


def _as_lucene(text: str, shortest: int) -> str:
    # Lucene makes an automaton of each word for its near misses, and takes none of more than a thousand states.
    words = [word for word in escape_lucene(text[:_LONGEST_SEARCH]).split() if word.strip("\\")]
    return " ".join(
        f"({word}^4 OR {word}* OR {word}~1)" if word.isalnum() and len(word) >= shortest else word for word in words
    )


def _names(row: Row) -> list[str]:
    return [name_key(name) for name in [row["name"] or row["id"], *(row["other_names"] or [])]]


def _score(key: str, row: Row) -> int:
    best = process.extractOne(key, _names(row), scorer=fuzz.WRatio)
    return round(best[1]) if best else 0


def _beginning(key: str, row: Row) -> int:
    names = _names(row)
    if any(name.startswith(key) for name in names):
        return 0
    return 1 if any(f" {key}" in name for name in names) else 2


def _counted(values: Iterable[str | None]) -> list[dict[str, Any]]:
    """The most frequent first."""
    counts = Counter(value for value in values if value is not None)
    return [{"value": value, "count": counts[value]} for value in sorted(counts, key=lambda one: (-counts[one], one))]
