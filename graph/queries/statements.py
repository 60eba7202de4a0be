"""The Cypher files with which queries are prepared."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["statement"]


@cache
def statement(name: str) -> str:
    """The text of `cypher/NAME.cypher`."""
    return (files("graph.queries") / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")
