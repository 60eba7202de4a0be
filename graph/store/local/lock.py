"""A lock between processes, so that two commands do not start two servers; the system frees it when a process dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph.errors import LocalServerError

__all__ = ["hold_lock"]

_PAUSE = 0.1

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def hold_lock(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock file while the block runs; raises LocalServerError when another process holds it too long."""
    deadline = time.monotonic() + seconds
    with path.open("ab") as file:
        while not _try_lock(file):
            if time.monotonic() > deadline:
                raise LocalServerError(
                    f"another inquiry has been starting or stopping the server for more than {seconds:.0f} seconds",
                    where=str(path),
                    hint="wait for it, or end it",
                )
            time.sleep(_PAUSE)
        yield
