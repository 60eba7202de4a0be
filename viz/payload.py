"""A view as its page reads it: plain JSON without what is absent, and with nothing in it that could be drawn astray."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup

from graph.queries.lines import Line, Said
from graph.queries.subgraph import Cited, Shown, Subgraph
from graph.schema.dates import END_OF_TIME, START_OF_TIME, Bounds
from viz.dates import Days

__all__ = ["as_script", "drawn_entity", "drawn_line", "drawn_subgraph", "safe_address", "said", "without_controls"]

_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_INVISIBLE: Final = dict.fromkeys(
    (
        *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F,
        *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF,
    )
)  # fmt: skip
"""Controls, turns of the direction of reading, and what no XML may hold. Loaders refuse them; a graph may have been
written to by other means.
"""


def without_controls(value: Any) -> Any:
    """`value` with every text in it, keys too, freed from invisible characters."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else value.translate(_INVISIBLE)
    if isinstance(value, Mapping):
        return {without_controls(key): without_controls(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_controls(item) for item in value]
    return value


def as_script(payload: Mapping[str, Any]) -> Markup:
    """JSON that can stand in a script element of any type: it closes no element, and opens no comment."""
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704  # every character that HTML reads is escaped above


def safe_address(address: str | None) -> str | None:
    """`address` where it is one of the web; other schemes, spaces and controls make it none."""
    if address is None or any(ord(character) < 33 or ord(character) == 127 for character in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def cited(documents: Mapping[str, Cited]) -> dict[str, Any]:
    """Documents by id."""
    return {
        identifier: _present({"title": one.title or identifier, "url": safe_address(one.url)})
        for identifier, one in documents.items()
    }


def drawn_entity(entity: Shown, days: Days | None) -> dict[str, Any]:
    """An entity beside its place."""
    return {
        "id": entity.id,
        "name": entity.name or entity.id,
        "kind": entity.label,
        "sub_kind": entity.sub_kind,
        "date": [day and day.isoformat() for day in days] if days is not None else None,
        "summary": entity.summary,
        "unchecked": entity.is_unchecked,
        "relationships": entity.relationships,
        "values": [said(claim) for claim in entity.values],
    }


def drawn_subgraph(subgraph: Subgraph) -> dict[str, Any]:
    """What is said beside entities and relationships: on which documents they rest, and how they were chosen."""
    return {
        "seeds": subgraph.seeds,
        "documents": cited(subgraph.documents),
        "rivals": {identifier: said(claim) for identifier, claim in subgraph.rivals.items()},
        "names": subgraph.names,
        "chosen": subgraph.chosen,
        "limit": subgraph.limit,
        "total": subgraph.total,
        "truncated": subgraph.truncated,
        "left_out": subgraph.left_out,
        "times": subgraph.times,
    }


def said(claim: Said) -> dict[str, Any]:
    """A claim with its evidence and its three times."""
    return _present(
        {
            "id": claim.id,
            "subject": claim.subject,
            "predicate": claim.predicate,
            "object": claim.object,
            "value": claim.value,
            "qualifiers": claim.qualifiers or None,
            "dates": claim.dates or None,
            "bounds": _bounds(claim.bounds),
            "known": _day(claim.known_by),
            "of_register": claim.is_register or None,
            "recorded": claim.recorded_at,
            "method": claim.method,
            "review": claim.review,
            "by": claim.said_by,
            "places": [_present(place.model_dump()) for place in claim.places],
            "rivals": list(claim.rivals) or None,
        }
    )


def drawn_line(line: Line) -> dict[str, Any]:
    """A relationship with its claims."""
    return _present(
        {
            "id": line.id,
            "subject": line.subject,
            "predicate": line.predicate,
            "object": line.object,
            "time_class": line.time_class.value,
            "bounds": _bounds(line.bounds) if line.bounds is not None else None,
            "known": _day(line.known_by) if line.known_by is not None else None,
            "documents": line.documents,
            "reading": line.is_reading or None,
            "disputed": line.is_disputed or None,
            "unchecked": line.is_unchecked or None,
            "claims": [said(claim) for claim in line.claims],
        }
    )


def _bounds(bounds: Bounds) -> list[str | None] | None:
    """From the earliest to the latest start, from the earliest to the latest end; none where nothing limits it."""
    days = [_day(day) for day in bounds]
    return days if any(days) else None


def _day(day: date) -> str | None:
    return None if day in (START_OF_TIME, END_OF_TIME) else day.isoformat()


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
