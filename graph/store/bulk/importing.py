"""The import of CSV files into a new store, by Neo4j's own tool from the same jars."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from graph.store.bulk.csv_files import ARRAY_DELIMITER, Shape
from graph.store.local import LocalServer

__all__ = ["CSV_FOLDER", "import_arguments", "import_store"]

CSV_FOLDER: Final = "csv"
_STEP: Final = re.compile(r"\((\d)/(\d)\) ")
_PERCENT: Final = re.compile(r"\s(\d+)%")
_OPTIONS: Final = (
    f"--array-delimiter=U+{ord(ARRAY_DELIMITER):04X}",
    "--id-type=string",
    # Texts may hold line ends.
    "--multiline-fields=true",
    # The files are ours: whatever Neo4j would leave out is a mistake.
    "--bad-tolerance=0",
    "--report-file=import.report",
)


def import_arguments(home: Path, shapes: Mapping[str, Shape]) -> list[str]:
    """The words after `neo4j-admin` for the files of these shapes; the names of files are relative to `home`."""
    words = []
    for stem, shape in sorted(shapes.items()):
        parts = sorted(path.name for path in (home / CSV_FOLDER).glob(f"{stem}.*.csv"))
        header = f"{stem}.header.csv"
        files = ",".join(f"{CSV_FOLDER}/{name}" for name in [header, *(name for name in parts if name != header)])
        of = f"{':'.join(shape.of)}=" if shape.of else ""
        words.append(f"--{shape.sort}s={of}{files}")
    return ["database", "import", "full", "neo4j", *_OPTIONS, *words]


def import_store(
    server: LocalServer,
    home: Path,
    shapes: Mapping[str, Shape],
    advance: Callable[[int], None] = lambda _: None,
) -> Path:
    """Runs the import with `home` as its data folder; returns the folder that the server takes as its `data`.

    `advance` is told how far it is, in percent. Raises LocalServerError with what Neo4j says where it fails.
    """
    (home / "conf").mkdir(exist_ok=True)
    server.admin(import_arguments(home, shapes), home=home, tell=_Progress(advance))
    return home / "data"


class _Progress:
    """Reads `(2/4) Relationship import …` and `… 35% ∆…` out of what the tool prints."""

    def __init__(self, advance: Callable[[int], None]) -> None:
        self._advance = advance
        self._before = 0.0
        self._share = 1.0

    def __call__(self, line: str) -> None:
        step = _STEP.match(line)
        if step is not None:
            self._share = 1 / int(step[2])
            self._before = (int(step[1]) - 1) * self._share
        percent = _PERCENT.search(line)
        if percent is not None:
            self._advance(round(100 * self._before + int(percent[1]) * self._share))
