"""One number for the whole graph: two graphs that say the same have the same digest."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from graph.store.connection import Connection
from graph.store.statements import statement

__all__ = ["graph_digest"]

_MODULUS: Final = 2**256
_CLOCK: Final = frozenset({"started_at", "finished_at"})


def graph_digest(connection: Connection, *, leave_out: frozenset[str] = frozenset()) -> str:
    """The digest of all nodes and relationships with their labels, types and properties, in any order.

    The times at which loads ran are not part of it; `leave_out` names further properties that are not.
    """
    total = 0
    for name in ("all_nodes", "all_relationships"):
        for record in connection.stream(statement(name)):
            total += int.from_bytes(sha256(_canonical(record.values(), leave_out | _CLOCK).encode()).digest())
    return f"{total % _MODULUS:064x}"


def _canonical(value: Any, leave_out: frozenset[str]) -> str:
    if isinstance(value, dict):
        kept = sorted((name, _canonical(item, leave_out)) for name, item in value.items() if name not in leave_out)
        return repr(kept)
    if isinstance(value, list):
        return repr([_canonical(item, leave_out) for item in value])
    return str(value)
