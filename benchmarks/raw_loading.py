"""The yardstick of loading: batched UNWIND over the driver, written by hand, with everything worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from neo4j import Driver

from benchmarks.elements import Elements
from graph.store.writer import BATCH

__all__ = ["Way", "load_by_hand"]

Way = Literal["create", "merge"]
"""`create` can be run once, on an empty graph; `merge` can be run again, as a load of this project can."""


def load_by_hand(driver: Driver, elements: Elements, way: Way) -> None:
    """Write all elements, in batches of the size that `write_load` takes."""
    for labels, entities in elements.entities.items():
        _write(driver, _text(f"{way}_entities", LABELS=":".join(labels)), entities)
    related = [row for row in elements.claims if "object" in row]
    valued = [row for row in elements.claims if "object" not in row]
    _write(driver, _text(f"{way}_relationship_claims"), related)
    _write(driver, _text(f"{way}_value_claims"), valued)
    for type_, relationships in elements.relationships.items():
        _write(driver, _text(f"{way}_relationships", TYPE=type_), relationships)
    _write(driver, _text("create_loads"), [elements.load])


def _write(driver: Driver, text: str, rows: list[dict[str, Any]]) -> None:
    with driver.session(database="neo4j") as session:
        for batch in _batches(rows):
            session.execute_write(lambda transaction, batch=batch: transaction.run(text, rows=batch).consume())


def _batches(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


@cache
def _text(name: str, **names: str) -> str:
    text = (files("benchmarks") / "cypher" / f"{name}.cypher").read_text(encoding="utf-8")
    for placeholder, value in names.items():
        text = text.replace(f"<{placeholder}>", value)
    return text
