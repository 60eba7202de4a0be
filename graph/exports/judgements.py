"""One's own files of judgements in a backup: which entities are one is decided by them, not by the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from graph.errors import InputError
from graph.store.connection import Row

__all__ = ["check_judgements", "place_judgements", "read_judgements"]


def read_judgements(folder: Path | None) -> Iterator[tuple[Literal["judgements"], Row]]:
    """Each file of the folder, with its name and its text; none where the folder is not there."""
    for path in sorted(folder.glob("*.yaml")) if folder is not None and folder.is_dir() else ():
        try:
            yield "judgements", {"id": path.name, "text": path.read_text(encoding="utf-8")}
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the judgements cannot be read: {error}", where=str(path)) from error


def check_judgements(row: Row, folder: Path) -> None:
    """Raises InputError where the folder has a file of this name with another text."""
    path = folder / row["id"]
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != row["text"]:
        raise InputError(
            f"{path} holds other judgements than the backup",
            hint="move it away, or restore with another INQUIRY_DATA_DIR; nothing was changed",
        )


def place_judgements(rows: Iterable[Row], folder: Path) -> None:
    """Writes the files into the folder; one that is there already is the same."""
    for row in rows:
        check_judgements(row, folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / row["id"]).write_text(row["text"], encoding="utf-8")
