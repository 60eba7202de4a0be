"""All that is said of one entity as sections of a page: values first, then relationships by type.

What documents say of one property, or of one relationship, stands side by side, each with its places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from graph.queries.show import Dossier
from graph.store.connection import Row
from viz.evidence import places_of
from viz.payload import safe_address, without_controls
from viz.tables import part_of

__all__ = ["claims_of", "disputes_of", "sections_of"]

_VALUES: Final = "Properties"


def sections_of(dossier: Dossier, disputed: Collection[str] = ()) -> list[dict[str, Any]]:
    """A section for the values and one for each relationship type and direction, in the order of the schema.

    `disputed` are ids of claims that others contradict.
    """
    sections = [
        {"title": title, "is_values": title == _VALUES, "lines": _together(lines, disputed)}
        for title, lines in groupby(dossier.claims, key=_title)
    ]
    cleaned: list[dict[str, Any]] = without_controls(sections)
    return cleaned


def disputes_of(rows: Iterable[Row], lines: Mapping[str, Row]) -> list[dict[str, Any]]:
    """Rows of `disputed-claims` with their competing statements; `lines` are the claims that take part, by id."""
    found = [
        {
            "subject": part_of(row["subject"], row["subject_name"]),
            "predicate": row["predicate"].replace("_", " ").lower(),
            "object": part_of(row["object"], row["object_name"]) if row["object"] else None,
            "said": _said([lines[claim] for claim in claims_of(row) if claim in lines], ()),
            "deprecated": row["deprecated"],
        }
        for row in rows
    ]
    cleaned: list[dict[str, Any]] = without_controls(found)
    return cleaned


def claims_of(row: Row) -> list[str]:
    """The claims that take part in a row of `disputed-claims`; its evidence also has those that name its ends."""
    ends = (row["subject"], row["predicate"])
    return list(dict.fromkeys(one["claim"] for one in row["evidence"] if (one["subject"], one["predicate"]) == ends))


def _title(claim: Row) -> str:
    return _VALUES if claim["other"] is None else str(claim["words"])


def _together(claims: Iterable[Row], disputed: Collection[str]) -> list[dict[str, Any]]:
    """A line for each property or other end, with all that is said of it."""
    lines: dict[tuple[str, str | None], list[Row]] = {}
    for claim in claims:
        lines.setdefault((claim["words"], claim["other"]), []).append(claim)
    return [
        {
            "words": words,
            "other": part_of(other, said[0]["other_name"]) if other is not None else None,
            "said": _said(said, disputed),
        }
        for (words, other), said in lines.items()
    ]


def _said(claims: Sequence[Row], disputed: Collection[str]) -> list[dict[str, Any]]:
    """Statements in their order; claims that say the same are one, with the places of all of them."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for claim in claims:
        found.setdefault((claim["value"], claim["other"], claim["more"]), []).append(claim)
    return [_statement(same, disputed) for same in found.values()]


def _statement(claims: Sequence[Row], disputed: Collection[str]) -> dict[str, Any]:
    first = claims[0]
    address = safe_address(first["value"]) if first["predicate"] == "url" else None
    return {
        "value": first["value"],
        "address": address,
        "other": part_of(first["other"], first["other_name"]) if first["other"] else None,
        "more": first["more"].replace("_", " "),
        "is_disputed": any(claim["claim"] in disputed for claim in claims),
        "places": places_of(place for claim in claims for place in claim["evidence"]),
    }
