"""Records on disk by what they belong to, so that all that belongs together can be worked on in a bounded memory.

This is the external sort of a bulk load. What has to come together is one entity with its claims; the order of the
entities does not matter. So records are dealt out by a hash of the entity into files, and a file that is still too
large for the memory is dealt out once more by another hash.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self
from zlib import crc32

__all__ = ["Partitions", "read_records", "small_files"]

PARTS: Final = 64
_FLUSH_AT: Final = 200
"""Records of one part that are kept before they are written: 64 parts with 200 claims each are some 25 MB."""
LARGEST: Final = 24 * 1024 * 1024
"""Bytes of a part that is worked on as a whole; its claims take some ten times as much in memory."""


class Partitions:
    """Deals out records into files; what has one key comes into one file."""

    def __init__(self, folder: Path, *, salt: int = 0) -> None:
        folder.mkdir(parents=True)
        self.paths = [folder / f"{number}.records" for number in range(PARTS)]
        self._files: list[BinaryIO] = [path.open("wb") for path in self.paths]
        self._waiting: list[list[tuple[str, Any]]] = [[] for _ in range(PARTS)]
        self._salt = salt

    def add(self, key: str, record: Any) -> None:
        """Puts a record to the others of its key."""
        part = crc32(key.encode(), self._salt) % PARTS
        waiting = self._waiting[part]
        waiting.append((key, record))
        if len(waiting) >= _FLUSH_AT:
            self._flush(part)

    def _flush(self, part: int) -> None:
        pickle.dump(self._waiting[part], self._files[part], protocol=5)
        self._waiting[part] = []

    def close(self) -> None:
        """Writes what is left."""
        for part, file in enumerate(self._files):
            if self._waiting[part]:
                self._flush(part)
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            for file in self._files:
                file.close()


def read_records(path: Path) -> Iterator[tuple[str, Any]]:
    """Keys and records of a file, in the order in which they were added."""
    with path.open("rb") as file:
        while True:
            try:
                records = pickle.load(file)  # noqa: S301  # our own file in a folder of the user's alone
            except EOFError:
                return
            yield from records


def small_files(path: Path, *, salt: int = 1) -> Iterator[Path]:
    """The file itself, or, where it is too large, files with parts of it; of one key alone no parts can be made."""
    if path.stat().st_size <= LARGEST or salt > 3:
        yield path
        return
    with Partitions(path.with_suffix(""), salt=salt) as parts:
        for key, record in read_records(path):
            parts.add(key, record)
    path.unlink()
    for part in parts.paths:
        yield from small_files(part, salt=salt + 1)
