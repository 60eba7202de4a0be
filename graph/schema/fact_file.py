"""The JSON Schema of fact files, for completion and checks in editors; made from the schema."""

from __future__ import annotations

from typing import Any, Final

from graph.schema.claims import LONGEST_ANCHOR
from graph.schema.ids import ENTITY_ID
from graph.schema.kinds import Kind, PropertyType, ValueType
from graph.schema.model import Schema
from graph.schema.relationships import ANY, Qualifier, RelationshipType
from graph.schema.vocabulary import BOUNDS, CLOSINGS, METHODS, REVIEWS, VOCABULARIES

__all__ = ["fact_file_schema"]

_DATE: Final = {"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$"}
_TEXT: Final = {"type": ["string", "number"]}
_CONTEXT: Final[dict[str, Any]] = {
    "at": {"type": ["string", "number"], "description": "The place in the document, in words."},
    "page": {"type": ["integer", "string"], "description": "The page."},
    "anchor": {"type": "string", "description": f"At most {LONGEST_ANCHOR} words of the document."},
    "said_by": {"$ref": "#/$defs/id", "description": "Who is reported to have said it."},
    "method": {"enum": list(METHODS), "description": "Whether the passage says so, or you infer it."},
    "review": {"enum": list(REVIEWS), "description": "`unchecked` where no document was seen."},
    "deprecated": {"type": "string", "description": "Why you hold the claim to be mistaken."},
}
_DATES: Final = {name: {"$ref": "#/$defs/date"} for name in ("from", "until", "through", "on")}


def fact_file_schema(schema: Schema) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for one YAML document of a fact file, read with all plain scalars as texts."""
    blocks: dict[str, Any] = {}
    for kind in schema.kinds:
        for p in kind.properties:
            if p.seeds:
                # What kinds understand differently, such as `form`, is left to the part for each kind.
                blocks[p.name] = _value(p) if blocks.get(p.name, _value(p)) == _value(p) else True
    blocks.update({r.key: _link(r) for r in schema.relationships})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Inquiry Graph fact file",
        "type": "object",
        "required": ["document"],
        "additionalProperties": False,
        "properties": {
            "document": {"oneOf": [{"$ref": "#/$defs/id"}, {"$ref": "#/$defs/document"}]},
            "says": {"type": "array", "items": {"$ref": "#/$defs/block"}},
            "corrections": {
                "oneOf": [{"$ref": "#/$defs/correction"}, {"type": "array", "items": {"$ref": "#/$defs/correction"}}]
            },
        },
        "$defs": {
            "id": {"type": "string", "pattern": ENTITY_ID},
            "date": _DATE,
            "document": _document(schema),
            "block": {
                "type": "object",
                "required": ["entity"],
                "additionalProperties": False,
                "properties": {"entity": {"$ref": "#/$defs/id"}, **_CONTEXT, **blocks},
                "allOf": [_only_for(kind, schema) for kind in schema.kinds],
            },
            "correction": {
                "type": "object",
                "required": ["was"],
                "additionalProperties": False,
                "properties": {
                    "reason": {"enum": list(CLOSINGS)},
                    "note": {"type": "string"},
                    "was": {"$ref": "#/$defs/block"},
                    "now": {"$ref": "#/$defs/block"},
                },
            },
        },
    }


def _document(schema: Schema) -> dict[str, Any]:
    kind = schema.by_label["Document"]
    version = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "published": {"$ref": "#/$defs/date"},
            "retrieved_at": {"$ref": "#/$defs/date"},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
    }
    links = {r.key: _link(r) for r in schema.relationships if any(kind.label in ends.subjects for ends in r.ends)}
    return {
        "type": "object",
        "required": ["id", "title", "form"],
        "additionalProperties": False,
        "properties": {
            "id": {"$ref": "#/$defs/id"},
            "version": {"oneOf": [version, {"type": "array", "items": version}]},
            **_CONTEXT,
            **{p.name: _value(p) for p in kind.properties if p.seeds},
            "title": _value(kind.properties[0]),
            "publisher": links["published_by"],
            "author": links["written_by"],
            **links,
        },
    }


def _only_for(kind: Kind, schema: Schema) -> dict[str, Any]:
    links = [r.key for r in schema.relationships if any(kind.label in ends.subjects for ends in r.ends)]
    names = ["entity", *_CONTEXT, *(p.name for p in kind.properties if p.seeds), *links]
    return {
        "if": {"properties": {"entity": {"pattern": f"^{kind.prefix}:"}}},
        "then": {
            "propertyNames": {"enum": names},
            "properties": {p.name: _value(p) for p in kind.own_properties if p.seeds},
        },
    }


def _value(property_type: PropertyType) -> dict[str, Any]:
    plain = _plain(property_type.type, property_type.vocabulary)
    written_out = {
        "type": "object",
        "required": ["value"],
        "additionalProperties": False,
        "properties": {"value": plain, "as_printed": _TEXT, "bound": {"enum": list(BOUNDS)}, **_CONTEXT, **_DATES},
    }
    one = {"anyOf": [plain, written_out]}
    return {"description": property_type.description, "anyOf": [one, {"type": "array", "items": one}]}


def _plain(type_: ValueType, vocabulary: str | None) -> dict[str, Any]:
    if vocabulary == "yes_no":
        return {"enum": ["yes", "no", "true", "false", True, False]}
    if vocabulary is not None:
        return {"enum": list(VOCABULARIES[vocabulary])}
    if type_ is ValueType.DATE:
        return {"$ref": "#/$defs/date"}
    return _TEXT


def _link(relationship: RelationshipType) -> dict[str, Any]:
    objects = sorted({label for ends in relationship.ends for label in ends.objects})
    prefixes = "|".join(label.lower() for label in objects)
    target = {"$ref": "#/$defs/id"}
    if ANY[0] not in objects:
        target = {"type": "string", "pattern": f"^({prefixes}):"}
    written_out = {
        "type": "object",
        "required": ["to"],
        "additionalProperties": False,
        "properties": {
            "to": target,
            **_CONTEXT,
            **_DATES,
            **{qualifier.name: _qualifier(qualifier) for qualifier in relationship.qualifiers},
        },
    }
    one = {"anyOf": [target, written_out]}
    description = f"{relationship.forward}: {relationship.description}"
    return {"description": description, "anyOf": [one, {"type": "array", "items": one}]}


def _qualifier(qualifier: Qualifier) -> dict[str, Any]:
    return {"description": qualifier.description, **_plain(qualifier.type, qualifier.vocabulary)}
