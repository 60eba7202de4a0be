"""The digest of the graph that CSV files would become, without an import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from neo4j.time import Date, DateTime

from graph.store.bulk.csv_files import ARRAY_DELIMITER, Shape
from graph.store.digest import canonical

READ: dict[str, Callable[[str], Any]] = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": Date.from_iso_format,
    "datetime": lambda text: DateTime.from_native(datetime.fromisoformat(text.removesuffix("[UTC]"))),
}


@pytest.fixture
def digest_of_csv() -> Callable[[Path, Mapping[str, Shape]], str]:
    """Give what `graph_digest` gives for the graph after an import of these files."""

    def digest(folder: Path, shapes: Mapping[str, Shape]) -> str:
        total = 0
        for stem, shape in shapes.items():
            for row in _rows(folder, stem):
                values = _node(row, shape) if shape.sort == "node" else _relationship(row, shape)
                total += int.from_bytes(sha256(canonical(values).encode()).digest())
        return f"{total % 2**256:064x}"

    return digest


def _rows(folder: Path, stem: str) -> Iterator[dict[str, str]]:
    header = (folder / f"{stem}.header.csv").read_text(encoding="utf-8").rstrip("\n").split(",")
    for path in folder.glob(f"{stem}.[0-9]*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, strict=True):
                yield dict(zip(header, row, strict=True))


def _node(row: dict[str, str], shape: Shape) -> list[Any]:
    return [sorted(_of(row, ":LABEL", shape)), _properties(row)]


def _relationship(row: dict[str, str], shape: Shape) -> list[Any]:
    start, end = (row.pop(next(name for name in row if name.startswith(end))) for end in (":START_ID", ":END_ID"))
    return [start, _of(row, ":TYPE", shape)[0], end, _properties(row)]


def _of(row: dict[str, str], column: str, shape: Shape) -> list[str]:
    """The labels or the type: those of all rows, or else of this one."""
    return list(shape.of) or row.pop(column).split(ARRAY_DELIMITER)


def _properties(row: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, text in row.items():
        name, _, type_ = column.partition(":")
        if not text:  # no property is an empty text, so this one is not there
            continue
        if type_.startswith("ID("):
            found[name] = text
        elif type_.endswith("[]"):
            found[name] = [READ[type_[:-2]](item) for item in text.split(ARRAY_DELIMITER)]
        else:
            found[name] = READ[type_](text)
    return found
