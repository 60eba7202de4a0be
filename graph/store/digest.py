"""One number for the whole graph: two graphs that say the same have the same digest."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from graph.store.connection import Connection
from graph.store.statements import statement

__all__ = ["canonical", "graph_digest"]

_MODULUS: Final = 2**256
_CLOCK: Final = frozenset({"started_at", "finished_at"})


def graph_digest(connection: Connection, *, leave_out: frozenset[str] = frozenset()) -> str:
    """The digest of all nodes and relationships with their labels, types and properties, in any order.

    The times at which loads ran are not part of it; `leave_out` names further properties that are not.
    """
    total = 0
    for name in ("all_nodes", "all_relationships"):
        for record in connection.stream(statement(name)):
            values = record.values()
            if name == "all_nodes":
                values[0] = sorted(values[0])
            total += int.from_bytes(sha256(canonical(values, leave_out | _CLOCK).encode()).digest())
    return f"{total % _MODULUS:064x}"


def canonical(value: Any, leave_out: frozenset[str] = _CLOCK) -> str:
    """A text that is the same for the same value; of dictionaries without the properties in `leave_out`."""
    if isinstance(value, dict):
        kept = sorted((name, canonical(item, leave_out)) for name, item in value.items() if name not in leave_out)
        return repr(kept)
    if isinstance(value, list):
        return repr([canonical(item, leave_out) for item in value])
    return repr(value) if isinstance(value, str | int | float) else str(value)
