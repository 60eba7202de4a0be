"""The Cypher files of a package; in those of the store a `<NAME>` stands for a label or type of the schema."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from graph.schema import SCHEMA

__all__ = ["cypher_of", "statement"]


@cache
def cypher_of(package: str, name: str) -> str:
    """The text of `cypher/NAME.cypher` in a package."""
    return (files(package) / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")


@cache
def statement(name: str, **names: str) -> str:
    """The text of `cypher/NAME.cypher`, with labels and types of the schema filled in."""
    text = cypher_of("graph.store", name)
    for placeholder, value in names.items():
        if value not in SCHEMA.by_label and value not in SCHEMA.by_type and value not in SCHEMA.sub_kinds:
            raise ValueError(f"{value} is neither a label nor a type of the schema")
        text = text.replace(f"<{placeholder}>", value)
    return text
