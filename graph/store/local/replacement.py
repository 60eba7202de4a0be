"""A new store takes the place of the old one, so that a break at any moment leaves one of them whole and known.

`replacement.json` is there from the moment on which the new store is whole and the old server has ended until the new
store is proved. Who finds it goes on with what it says: `forward` puts the new store in place, `back` the old one.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from graph.store.local.layout import Layout

__all__ = ["Replacement", "ReplacementNote"]


class ReplacementNote(BaseModel):
    """What is kept of a replacement until it is over; `proof` is what whoever proves the new store needs for that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    direction: Literal["forward", "back"]
    proof: dict[str, Any]


@dataclass(frozen=True)
class Replacement:
    """The replacement of the store of one data folder. Its server must not run, and its lock must be held."""

    layout: Layout

    @property
    def _file(self) -> Path:
        return self.layout.root / "replacement.json"

    @property
    def _new(self) -> Path:
        return self.layout.root / "data-new"

    @property
    def _old(self) -> Path:
        return self.layout.root / "data-old"

    def read(self) -> ReplacementNote | None:
        """The replacement that is not over yet, if there is one."""
        try:
            return ReplacementNote.model_validate_json(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def begin(self, store: Path, proof: dict[str, Any]) -> None:
        """Takes the new store, the folder `data` of an import, and decides that it comes."""
        _remove(self._new)
        _remove(self._old)
        shutil.copytree(self.layout.data, store, ignore=_ignore_graph, dirs_exist_ok=True)
        store.rename(self._new)
        self._write(ReplacementNote(direction="forward", proof=proof))

    def go_on(self) -> None:
        """Brings the folders to where the note says, from wherever a break left them; without a note tidies up."""
        note = self.read()
        if note is None:
            self.tidy()
            return
        if self.layout.data.exists() and not any(self.layout.data.iterdir()):
            self.layout.data.rmdir()  # made anew by a command that found none
        if note.direction == "forward":
            if self._new.exists():
                if self.layout.data.exists() and not self._old.exists():
                    self.layout.data.rename(self._old)
                self._new.rename(self.layout.data)
        else:
            if self._old.exists():
                _remove(self._new)
                if self.layout.data.exists():
                    self.layout.data.rename(self._new)
                self._old.rename(self.layout.data)
            self.finish()

    def turn_back(self) -> None:
        """Decides that the old store comes back."""
        note = self.read()
        if note is not None:
            self._write(note.model_copy(update={"direction": "back"}))

    def finish(self) -> None:
        """The store in place is the one that stays; the other one goes."""
        self._file.unlink(missing_ok=True)
        self.tidy()

    @property
    def has_leftovers(self) -> bool:
        """Whether a store lies there that is not in place, though no replacement is under way."""
        return self.read() is None and (self._new.exists() or self._old.exists())

    def tidy(self) -> None:
        """Removes stores that are not in place; none may be about to come."""
        if self.layout.data.exists():
            _remove(self._new)
            _remove(self._old)

    def _write(self, note: ReplacementNote) -> None:
        aside = self._file.with_suffix(".aside")
        with aside.open("w", encoding="utf-8") as file:
            file.write(note.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self._file)


def _ignore_graph(folder: str, names: list[str]) -> set[str]:
    """All is copied but the old graph: the users with their passwords, and what the server knows of its databases."""
    return {"neo4j"} & set(names) if Path(folder).name in {"databases", "transactions"} else set()


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
