"""Who was in charge: holders of offices as a page shows them; that nobody is named is an answer, and is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.store.connection import Row
from viz.asker import Asker
from viz.tables import Column, Part, Table

__all__ = ["holders_of_body", "holders_of_office", "in_office_when"]

_NOBODY: Final[Part] = {"text": "the loaded documents name nobody", "href": None}
_FLAGS: Final = ("acting", "interim", "on_leave")
_HOLDERS: Final = "office-holders"
_WHEN: Final = "in-office-when"
_LONGEST: Final = 100
_ALL_TIME: Final = "9999-12-31"


def holders_of_body(asker: Asker, body: str, title: str) -> Table:
    """The holders of all offices of a body on the day asked about."""
    columns = [asker.column(_HOLDERS, "office"), *_term(asker, _HOLDERS)]
    return asker.table(_HOLDERS, {"body": body}, title, columns=columns, limit=_LONGEST)


def holders_of_office(asker: Asker, office: str) -> Table:
    """All who are known to have held an office."""
    given = {"office": office, "until": _ALL_TIME}
    return asker.table(_HOLDERS, given, "Who held it", columns=_term(asker, _HOLDERS), limit=_LONGEST)


def in_office_when(asker: Asker, about: str, title: str) -> Table:
    """The holders of the offices that something names, on its day."""
    named = [asker.column(_WHEN, name) for name in ("named", "as", "office")]
    columns = [*named, *_term(asker, _WHEN), asker.column(_WHEN, "responsible")]
    return asker.table(_WHEN, {"about": about}, title, columns=columns, limit=_LONGEST)


def _term(asker: Asker, query: str) -> Sequence[Column]:
    person = asker.column(query, "person", "holder")
    return [
        Column("holder", person.meaning, lambda row: person.parts(row) or [_NOBODY]),
        asker.column(query, "held", "on that day"),
        asker.column(query, "since"),
        Column(
            "until", "the end as documents give it, or the last day for which one says that the term went on", _until
        ),
        Column("remarks", "acting, interim or on leave; days on which somebody was seen in office; disputes", _remarks),
    ]


def _until(row: Row) -> list[Part]:
    if row["until"] is not None:
        return [{"text": str(row["until"]), "href": None}]
    return [{"text": f"not said; went on on {row['still_on']}", "href": None}] if row["still_on"] is not None else []


def _remarks(row: Row) -> list[Part]:
    told = [name.replace("_", " ") for name in _FLAGS if row[name] == "yes"]
    told += [f"seen in office on {day}" for day in row["seen_on"] or []]
    told += ["documents give other dates"] if row.get("disputed") else []
    told += ["ends before it starts, as printed"] if row["end_before_start"] else []
    told += ["only possibly an office of the body then"] if row.get("of_body") == "possible" else []
    told += ["no document about the term was public then"] if row.get("shown_public_then") is False else []
    return [{"text": text, "href": None} for text in told]
