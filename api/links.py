"""Links of the OpenAPI description: which operations take what an answer holds."""

from __future__ import annotations

from typing import Any, Final

from api.addresses import ADDRESSES, COLLECTIONS
from graph.queries import NamedQuery

__all__ = ["item_operation", "links_from", "links_of_rows"]

_OF_ANY: Final = ("get-entity", "get-entity-claims", "get-entity-history")


def item_operation(kind: str | None) -> str:
    """The operation that gives one entity of a kind, at the address of its kind where it has one."""
    return f"get-{kind.lower()}" if kind is not None and kind in COLLECTIONS else "get-entity"


def links_from(pointer: str, kind: str | None = None) -> dict[str, Any]:
    """To what one may ask about the entity whose id stands at `pointer` in an answer."""
    of_kind = [f"read-{address.name}" for address in ADDRESSES if address.kind == kind and kind is not None]
    of_any = [f"read-{address.name}" for address in ADDRESSES if address.kind == "Entity"]
    operations = [item_operation(kind), *of_kind, *of_any, *_OF_ANY]
    return {name: _link(name, pointer) for name in dict.fromkeys(operations)}


def links_of_rows(query: NamedQuery) -> dict[str, Any]:
    """To the first entity of the first row, and to the claim and document that it rests on."""
    links = {
        "get-claim": _link("get-claim", "/rows/0/evidence/0/claim"),
        "get-document": _link("get-document", "/rows/0/evidence/0/document"),
    }
    first = next((column for column in query.columns if column.is_entity), None)
    if first is not None:
        links = {**links_from(f"/rows/0/{first.name}", first.type), **links}
    return links


def _link(operation: str, pointer: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": {"id": f"$response.body#{pointer}"}}
