"""Rows as CSV: for the command, and for whoever asks over HTTP."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from graph.schema.moments import plain_moment

__all__ = ["cell", "csv_lines"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_lines(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """The lines of a CSV with its header; lists are joined by ` | `, and a cell that a spreadsheet would run is made
    text.
    """
    yield _line(columns)
    for row in rows:
        yield _line([_inert(row.get(column)) for column in columns])


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _inert(value: Any) -> str:
    text = cell(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text


def cell(value: Any) -> str:
    """A value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " | ".join(cell(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {cell(item)}" for name, item in value.items() if item is not None)
    return plain_moment(str(value))
