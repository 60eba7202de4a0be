"""The Cypher files of the store; a `<NAME>` in a file stands for a label or type, which must come from the schema."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from graph.schema import SCHEMA

__all__ = ["statement"]


@cache
def statement(name: str, **names: str) -> str:
    """The text of `cypher/NAME.cypher`, with labels and types of the schema filled in."""
    text = (files("graph.store") / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")
    for placeholder, value in names.items():
        if value not in SCHEMA.by_label and value not in SCHEMA.by_type and value not in SCHEMA.sub_kinds:
            raise ValueError(f"{value} is neither a label nor a type of the schema")
        text = text.replace(f"<{placeholder}>", value)
    return text
