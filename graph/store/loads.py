"""The loads that a graph remembers."""

from __future__ import annotations

from graph.schema.moments import plain_moment
from graph.store.connection import Reader, Row
from graph.store.statements import statement

__all__ = ["list_loads"]


def list_loads(reader: Reader) -> list[Row]:
    """All loads with what is left of them, the newest first; moments to the second."""
    rows = reader.read(statement("list_loads"))
    for row in rows:
        row.update({name: plain_moment(row[name]) for name in ("started_at", "finished_at") if row[name] is not None})
    return rows
