"""Examples for the description of the API: of each kind of entity, and of what columns and parameters hold."""

from __future__ import annotations

from typing import Any, Final

from graph.queries.definition import Column, Parameter

__all__ = ["example_of", "example_of_column", "example_of_parameter"]

_OF_KINDS: Final = {
    "Body": "body:home-office",
    "Group": "group:chief-constables",
    "Office": "office:home-secretary",
    "Person": "person:louise-casey",
    "Place": "place:rotherham",
    "Inquiry": "inquiry:casey-audit-2025",
    "Document": "document:casey-audit-2025",
    "Recommendation": "recommendation:casey-audit-2025-1",
    "Decision": "decision:casey-audit-response-1",
    "Assessment": "assessment:delivery-2025-07",
    "Event": "event:home-secretary-statement-2025-06-16",
    "Topic": "topic:child-sexual-exploitation",
}
_OF_TYPES: Final[dict[str, Any]] = {
    "text": "2025-06-16",
    "integer": 3,
    "number": 1.5,
    "date": "2025-06-16",
    "boolean": True,
    "list": ["accepted"],
    "predicate": "TARGETS",
    "entities": ["body:home-office"],
}


def example_of(kind: str | None) -> str:
    """The id of an entity of a kind; of an inquiry where any will do."""
    return _OF_KINDS.get(kind or "", _OF_KINDS["Inquiry"])


def example_of_parameter(parameter: Parameter) -> Any:
    """A value that it takes."""
    if parameter.words:
        return parameter.words[0]
    if parameter.is_entity:
        return example_of(parameter.type.split("|")[0])
    return _OF_TYPES[parameter.type]


def example_of_column(column: Column) -> Any:
    """A value of its type."""
    return example_of(column.type.split("|")[0]) if column.is_entity else _OF_TYPES[column.type]
