"""All that is said of one entity as sections of a page: values first, then relationships by type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from graph.queries.show import Dossier
from graph.schema import SCHEMA
from viz.kinds import outline_of
from viz.payload import safe_address, without_controls

__all__ = ["icon_points", "sections_of"]

_VALUES: Final = "Properties"


def sections_of(dossier: Dossier) -> list[dict[str, Any]]:
    """A section for the values and one for each relationship type and direction, in the order of the schema."""
    sections = [
        {"title": title, "is_values": title == _VALUES, "lines": _together(map(_line, lines))}
        for title, lines in groupby(dossier.claims, key=_title)
    ]
    cleaned: list[dict[str, Any]] = without_controls(sections)
    return cleaned


def _together(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines that say the same as one, with all the places that say it."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for line in lines:
        said = (line["words"], line["other"], line["value"], line["more"])
        if said in found:
            found[said]["places"] += line["places"]
        else:
            found[said] = line
    return list(found.values())


def _title(claim: dict[str, Any]) -> str:
    return _VALUES if claim["other"] is None else str(claim["words"])


def _line(claim: dict[str, Any]) -> dict[str, Any]:
    return {
        "words": claim["words"],
        "other": claim["other"],
        "name": claim["other_name"] or claim["other"],
        "value": claim["value"],
        "address": safe_address(claim["value"]) if claim["predicate"] == "url" else None,
        "more": claim["more"],
        "places": list(_places(claim)),
    }


def _places(claim: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place in claim["evidence"]:
        yield {
            "document": place["document"],
            "title": place["title"] or place["document"],
            "url": safe_address(place["url"]),
            "locator": place["locator"],
            "anchor": place["anchor"],
            "said_by": place["said_by"],
            "marks": [
                mark
                for mark, is_so in (
                    ("a reading", place["method"] == "reading"),
                    ("unchecked", place["review"] == "unchecked"),
                    ("deprecated", place["deprecated"] is not None),
                )
                if is_so
            ],
        }


def icon_points(label: str) -> str | None:
    """The corners of a kind's shape as SVG has them; none for a circle."""
    outline = outline_of(SCHEMA.by_label[label])
    return " ".join(f"{round(x * 8.5, 1)},{round(y * 8.5, 1)}" for x, y in outline) or None
