"""Claims to rows for Neo4j, and back to what the current view is made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import inf, isfinite
from typing import Any, Final, NamedTuple

from neo4j.time import Date

from graph.schema import SCHEMA, Bounds, Citation, Claim, Value
from graph.schema.ids import kind_prefix, name_key

__all__ = ["LiveClaim", "as_day", "claim_row", "live_claim"]

_QUALIFIERS: Final = {r.name: tuple(q.name for q in r.qualifiers) for r in SCHEMA.relationships}
_EXCLUSIVE: Final = {r.name: frozenset(q.name for q in r.qualifiers if q.exclusive) for r in SCHEMA.relationships}
_SEPARATING: Final = {r.name: tuple(q.name for q in r.qualifiers if q.separating) for r in SCHEMA.relationships}
_SINGLE: Final = frozenset((kind.prefix, p.name) for kind in SCHEMA.kinds for p in kind.properties if not p.many)
_ONE_AT_A_TIME: Final = frozenset(r.name for r in SCHEMA.relationships if r.one_at_a_time)
_NAMES: Final = frozenset({"name", "other_name"})


class LiveClaim(NamedTuple):
    """A claim as the current view reads it."""

    id: str
    subject: str
    predicate: str
    object: str | None
    value: Value | None
    qualifiers: dict[str, str | int]
    bounds: Bounds
    is_reading: bool
    is_checked: bool
    is_deprecated: bool
    documents: tuple[str, ...]

    @property
    def exclusive(self) -> dict[str, str | int]:
        """The qualifiers in which two claims must not differ."""
        names = _EXCLUSIVE.get(self.predicate, frozenset())
        return {name: value for name, value in self.qualifiers.items() if name in names}

    @property
    def separating(self) -> tuple[str, ...]:
        """What tells two things between the same ends apart, such as an acting term and the one that follows it."""
        return tuple(str(self.qualifiers.get(name, "")) for name in _SEPARATING.get(self.predicate, ()))


def claim_row(claim: Claim) -> dict[str, Any]:
    """The parameters with which a claim is written; `load`, `source` and `recorded_at` are the writer's."""
    given = claim.dates
    properties: dict[str, Any] = {
        "id": claim.id,
        "subject": claim.subject,
        "subject_ref": claim.subject_ref or claim.subject,
        "predicate": claim.predicate,
        "from_earliest": claim.bounds.from_earliest,
        "from_latest": claim.bounds.from_latest,
        "until_earliest": claim.bounds.until_earliest,
        "until_latest": claim.bounds.until_latest,
        "known_earliest": claim.known_earliest,
        "known_latest": claim.known_latest,
        "method": claim.method,
        "review": claim.review,
        **claim.qualifiers,
    }
    optional = {
        "object": claim.object,
        "object_ref": claim.object_ref or claim.object,
        "joined": claim.subject_ref if claim.subject_ref != claim.subject else None,
        "from_text": given.since or given.on,
        "until_text": given.until or given.through,
        "on_text": given.on,
        "dates_refused": claim.dates_refused or None,
        "register": claim.register_state or None,
        "unchecked": claim.review == "unchecked" or None,
        "deprecated": claim.deprecated,
    }
    properties.update({name: value for name, value in optional.items() if value is not None})
    if claim.value is not None:
        properties.update(_value_properties(claim, claim.value))
    elif claim.predicate in _ONE_AT_A_TIME:
        properties["single"] = True
    row: dict[str, Any] = {
        "subject": claim.subject,
        "properties": properties,
        "citations": [
            {"document": citation.document, "properties": _citation_properties(citation)}
            for citation in claim.citations
        ],
    }
    if claim.object is not None:
        row["object"] = claim.object
    return row


def _citation_properties(citation: Citation) -> dict[str, Any]:
    place = {
        "locator": citation.locator,
        "page": citation.page,
        "anchor": citation.anchor,
        "version": citation.version,
    }
    return {name: value for name, value in place.items() if value is not None}


def _value_properties(claim: Claim, value: Value) -> dict[str, Any]:
    properties: dict[str, Any] = {"value": value.value, "value_text": value.text}
    if value.bound != "exact":
        properties["bound"] = value.bound
    if value.low is not None and isfinite(value.low):
        properties["value_low"] = value.low
    if value.high is not None and isfinite(value.high):
        properties["value_high"] = value.high
    if value.earliest is not None:
        properties["value_earliest"] = value.earliest
        properties["value_latest"] = value.latest
    if (kind_prefix(claim.subject), claim.predicate) in _SINGLE:
        properties["single"] = True
    if isinstance(value.value, str) and value.earliest is None:
        properties["value_key"] = name_key(value.value)
    if claim.predicate in _NAMES:
        properties["name_key"] = name_key(str(value.value))
    if claim.predicate == "identifier":
        properties["identifier"] = value.value
    return properties


def live_claim(properties: Mapping[str, Any], documents: list[str]) -> LiveClaim:
    """A claim from the properties of its node and the documents that it cites."""
    return LiveClaim(
        id=properties["id"],
        subject=properties["subject"],
        predicate=properties["predicate"],
        object=properties.get("object"),
        value=_value(properties),
        qualifiers={
            name: properties[name] for name in _QUALIFIERS.get(properties["predicate"], ()) if name in properties
        },
        bounds=Bounds(
            as_day(properties["from_earliest"]),
            as_day(properties["from_latest"]),
            as_day(properties["until_earliest"]),
            as_day(properties["until_latest"]),
        ),
        is_reading=properties["method"] == "reading",
        is_checked=properties["review"] == "checked",
        is_deprecated="deprecated" in properties,
        documents=tuple(sorted(documents)),
    )


def _value(properties: Mapping[str, Any]) -> Value | None:
    if "value" not in properties:
        return None
    value = properties["value"]
    is_number = isinstance(value, int | float)
    earliest, latest = properties.get("value_earliest"), properties.get("value_latest")
    return Value(
        value,
        properties["value_text"],
        properties.get("bound", "exact"),
        low=properties.get("value_low", -inf) if is_number else None,
        high=properties.get("value_high", inf) if is_number else None,
        earliest=as_day(earliest) if earliest is not None else None,
        latest=as_day(latest) if latest is not None else None,
    )


def as_day(value: date | Date) -> date:
    """A date of the driver as one of Python."""
    return value.to_native() if isinstance(value, Date) else value
