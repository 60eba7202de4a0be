"""The documents of the graph, and how much rests on each."""

from __future__ import annotations

from graph.queries.run import plain
from graph.queries.statements import statement
from graph.store.connection import Reader, Row

__all__ = ["list_documents"]


def list_documents(reader: Reader, *, limit: int, skip: int = 0) -> tuple[list[Row], int]:
    """One page of them, those on which most claims rest first, and how many there are.

    Each row has id, name, form, published, url, and claims: how many were ever made of it.
    """
    rows = reader.read(statement("documents"), {"limit": limit, "skip": skip})
    total = rows[0]["total"] if rows else 0
    return [{name: plain(value) for name, value in row.items() if name != "total"} for row in rows], total
