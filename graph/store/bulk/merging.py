"""Shapes of few rows share files, since Neo4j's import waits for each group of files: some 0.4 s with Neo4j 5.26.

Their rows are written again, with a column for whatever any of them has, and one for the labels or the type; what a row
does not have stays empty, which the import takes as not there. Rows of one file have to agree on the types of columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from graph.store.bulk.csv_files import ARRAY_DELIMITER, Shape

__all__ = ["merge_small"]

_FEW: Final = 2 * 1024 * 1024
"""Bytes up to which writing a shape again takes less time than the import of a group of its own."""


@dataclass
class _Wide:
    """Shapes that share a file, and its columns with their types; the first is empty for the labels or the type."""

    sort: str
    ends: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)

    def takes(self, shape: Shape) -> bool:
        return (self.sort, self.ends) == (shape.sort, shape.ends) and all(
            self.columns.get(name, type_) == type_ for name, type_ in _columns(shape).items()
        )

    def add(self, shape: Shape) -> None:
        self.shapes.append(shape)
        self.columns |= _columns(shape)

    @property
    def shape(self) -> Shape:
        mark, first = ("LABEL", ("id",)) if self.sort == "node" else ("TYPE", ())
        types = ("string",) if first else ()
        return Shape(self.sort, (), self.ends, (*first, "", *self.columns), (*types, mark, *self.columns.values()))


def merge_small(folder: Path, shapes: dict[str, Shape]) -> dict[str, Shape]:
    """Lets shapes of few rows share files; gives the shapes that there are then, by the beginnings of their files."""
    wides: list[_Wide] = []
    for _, shape in sorted(shapes.items()):
        if sum(part.stat().st_size for part in _parts(folder, shape)) > _FEW:
            continue
        wide = next((wide for wide in wides if wide.takes(shape)), None)
        if wide is None:
            wide = _Wide(shape.sort, shape.ends)
            wides.append(wide)
        wide.add(shape)
    left = dict(shapes)
    for wide in wides:
        if len(wide.shapes) > 1:
            _write(folder, wide)
            left = {stem: shape for stem, shape in left.items() if shape not in wide.shapes}
            left[wide.shape.stem] = wide.shape
    return left


def _columns(shape: Shape) -> dict[str, str]:
    """The columns but those that all rows of its sort have."""
    columns = dict(zip(shape.names, shape.types, strict=True))
    return {name: type_ for name, type_ in columns.items() if not (shape.sort == "node" and name == shape.names[0])}


def _parts(folder: Path, shape: Shape) -> Iterable[Path]:
    return (path for path in sorted(folder.glob(f"{shape.stem}.*.csv")) if path != _header(folder, shape))


def _header(folder: Path, shape: Shape) -> Path:
    return folder / f"{shape.stem}.header.csv"


def _write(folder: Path, wide: _Wide) -> None:
    csv.field_size_limit(_FEW)
    _header(folder, wide.shape).write_text(wide.shape.header, encoding="utf-8", newline="\n")
    with (folder / f"{wide.shape.stem}.0.csv").open("w", encoding="utf-8", newline="\n") as file:
        for shape in wide.shapes:
            parts = list(_parts(folder, shape))
            file.writelines(chain.from_iterable(_lines(part, shape, wide) for part in parts))
            for path in (*parts, _header(folder, shape)):
                path.unlink()


def _lines(part: Path, shape: Shape, wide: _Wide) -> Iterator[str]:
    """The rows of a part with the columns of the wide file."""
    fixed = 1 if shape.sort == "node" else 2
    own = _columns(shape)
    places = ['"{}"'] * fixed + ['"{}"' if type_.startswith("string") else "{}" for type_ in own.values()]
    order = {name: number for number, name in enumerate(own, start=fixed)}
    template = ",".join(
        [
            *(f'"{{{number}}}"' for number in range(fixed)),
            f'"{ARRAY_DELIMITER.join(shape.of)}"',
            *(places[order[name]].format(f"{{{order[name]}}}") if name in order else "" for name in wide.columns),
        ]
    )
    with part.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, strict=True):
            yield template.format(*(value.replace('"', '""') for value in row)) + "\n"
