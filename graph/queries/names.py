"""Finds the entity that somebody means by an id or a name; several candidates are listed, not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process

from graph.errors import AmbiguousName
from graph.queries.search import search_entities
from graph.queries.statements import statement
from graph.schema.ids import ENTITY_ID, name_key
from graph.store.connection import Reader, Row

__all__ = ["find_entity", "with_article"]

_IS_ID: Final = re.compile(ENTITY_ID)
_MOST_CANDIDATES: Final = 8
_LIKE_ENOUGH: Final = 60.0
"""From here a suggestion helps: `body:does-not-exist` has nothing like it, `Rotherham Counsil` has the council."""


def find_entity(
    reader: Reader,
    wanted: str,
    kinds: tuple[str, ...] = (),
    on: date | None = None,
    *,
    there: Mapping[str, Row] = MappingProxyType({}),
) -> str:
    """The id of the entity called `wanted` (an id or a name), of one of `kinds`, by that name `on` a day.

    Of several of one name, that which was there on the day is meant; and a name that came up only later means what it
    came from, renamed or merged: "Department of Health and Social Care" in 2015 is the Department of Health. An id that
    a source gives to a record leads to the entity that the record was joined with. `there` are entities that were
    looked up by their ids before.

    Raises AmbiguousName with the candidates where several fit, and with the nearest ones where none does.
    """
    if _IS_ID.match(wanted):
        rows = [there[wanted]] if wanted in there else reader.read(statement("entity_by_id"), {"id": wanted})
        rows = rows or reader.read(statement("entity_joined_by_id"), {"id": wanted})
        if rows:
            return _check_kind(rows[0], kinds)
    rows = reader.read(statement("entities_by_name"), {"key": name_key(wanted), "on": on})
    fitting = [row for row in rows if not kinds or row["label"] in kinds]
    fitting = _there(reader, fitting, on) if on is not None else fitting
    if len(fitting) == 1:
        return str(fitting[0]["id"])
    if fitting:
        raise AmbiguousName(
            f"{wanted!r} fits {len(fitting)} entities", _as_candidates(fitting), hint="give the id of the one you mean"
        )
    if not reader.read(statement("has_entities"))[0]["found"]:
        raise AmbiguousName("nothing is loaded yet", [], hint="`inquiry load` loads the seeds")
    what = " or ".join(kinds) if kinds else "entity"
    if rows:
        near = _nearest(reader, wanted, kinds)
        raise AmbiguousName(
            f"no {what} is called {wanted!r}, but {with_article(rows[0]['label'])} is",
            _as_candidates(near or rows),
            hint="take one of these" if near else f"give {with_article(what)}",
        )
    near = _nearest(reader, wanted, kinds)
    raise AmbiguousName(
        f"no {what} is called {wanted!r}",
        _as_candidates(near),
        hint="take one of these, or look with `inquiry search`" if near else "look with `inquiry search`",
    )


def _there(reader: Reader, rows: list[Row], on: date) -> list[Row]:
    """Those that were there on a day; where the only one had not begun, what came before it; else all of them."""
    there = [row for row in rows if not row["is_later"] and not row["is_over"]]
    if there or len(rows) != 1 or not rows[0]["is_later"]:
        return there or rows
    return reader.read(statement("forerunners"), {"id": rows[0]["id"], "on": on}) or rows


def _nearest(reader: Reader, wanted: str, kinds: tuple[str, ...]) -> list[Row]:
    """Entities with a name or id like `wanted`, the likest first; behind them those whose ids begin as it does."""
    is_id = _IS_ID.match(wanted) is not None
    words = name_key(wanted.partition(":")[2] if is_id else wanted)
    rows = {row["id"]: row for row in search_entities(reader, words, kinds=kinds)}
    alike = {identifier: _likeness(words, row) for identifier, row in rows.items()}
    if is_id:
        begin = wanted.rpartition("-")[0] or wanted
        for row in reader.read(statement("entities_by_beginning"), {"begin": begin}):
            if not kinds or row["label"] in kinds:
                rows[row["id"]] = row
                alike[row["id"]] = max(_LIKE_ENOUGH, _likeness(words, row))
    near = [identifier for identifier, score in alike.items() if score >= _LIKE_ENOUGH]
    return [rows[identifier] for identifier in sorted(near, key=lambda identifier: (-alike[identifier], identifier))]


def _likeness(words: str, row: Row) -> float:
    """How alike (0 to 100): the whole of a name, or the share of the letters in words that a name has, too."""
    names = [row["id"].partition(":")[2], row["name"] or "", *(row["other_names"] or [])]
    return max(_likeness_of_names(words, name_key(name)) for name in names)


def _likeness_of_names(words: str, name: str) -> float:
    parts = words.split()
    found = sum(
        len(part) for part in parts if process.extractOne(part, name.split(), scorer=fuzz.ratio, score_cutoff=80)
    )
    return max(fuzz.ratio(words, name), 100 * found / max(1, sum(map(len, parts))))


def with_article(noun: str) -> str:
    """`a Body`, `an Inquiry`."""
    return f"{'an' if noun[:1].upper() in 'AEIO' else 'a'} {noun}"


def _check_kind(row: Row, kinds: tuple[str, ...]) -> str:
    if kinds and row["label"] not in kinds:
        raise AmbiguousName(
            f"{row['id']} is {with_article(row['label'])}, not {with_article(' or '.join(kinds))}",
            [],
            hint="give an entity of the kind that is asked for",
        )
    return str(row["id"])


def _as_candidates(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(row["id"], row["name"] or row["id"], row["label"]) for row in rows[:_MOST_CANDIDATES]]
