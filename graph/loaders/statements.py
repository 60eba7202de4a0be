"""The Cypher files with which loaders look at the graph."""

from __future__ import annotations

from graph.store.statements import cypher_of

__all__ = ["statement"]


def statement(name: str) -> str:
    """The text of `cypher/NAME.cypher`."""
    return cypher_of("graph.loaders", name)
