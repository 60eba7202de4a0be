"""The end of a bulk load: the new store gets its constraints and indexes and is proved, or the old one comes back.

Where the command that loaded was killed after the new store was put in place, the next one that connects does this.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graph.errors import LocalServerError, StoreError
from graph.store.bulk.proof import what_is_wrong
from graph.store.connection import Connection
from graph.store.local import LocalServer
from graph.store.local.lock import hold_lock
from graph.store.writer import apply_schema

__all__ = ["bulk_lock", "remove_leftovers", "settle"]

_log = logging.getLogger(__name__)
_WAIT = 3600
"""Seconds that another command waits for the one that settles, and for indexes of a large graph."""


def settle(connection: Connection, server: LocalServer, say: Callable[[str], None] = lambda _: None) -> float | None:
    """Finishes a replacement that is not over; returns the seconds that constraints and indexes took.

    Raises StoreError where the new store is not what it should be; the old one is then back in its place.
    """
    with hold_lock(_lock(server), seconds=_WAIT):
        note = server.replacement.read()
        if note is None:
            return None
        begun = time.monotonic()
        say("indexes")
        apply_schema(connection, seconds=_WAIT)
        taken = time.monotonic() - begun
        say("proof")
        wrong = what_is_wrong(connection, note.proof)
        if not wrong:
            server.replacement.finish()
            return taken
        _log.warning("The new store is not as it was written: %s", "; ".join(wrong[:10]))
        server.bring_back()
    raise StoreError(
        f"the bulk load did not come out as it should ({wrong[0]}), so the graph is as it was before",
        hint="load again; INQUIRY_BULK=off loads in batches",
    )


def remove_leftovers(server: LocalServer) -> None:
    """Removes what a bulk load that was killed had built, or had not removed yet, unless another one is at work."""
    with suppress(LocalServerError), hold_lock(bulk_lock(server), seconds=0), hold_lock(_lock(server), seconds=_WAIT):
        shutil.rmtree(server.work, ignore_errors=True)
        if server.replacement.has_leftovers:
            server.replacement.tidy()


def bulk_lock(server: LocalServer) -> Path:
    """Held by the bulk load that is at work."""
    return server.work.with_name("bulk.lock")


def _lock(server: LocalServer) -> Path:
    return server.work.with_name("replacement.lock")
