"""The connection that all requests share."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from graph.errors import InquiryError, QueryStopped, StoreError
from graph.queries import NamedQuery
from graph.queries.ahead import plan_ahead, read_ahead
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer, Watch

__all__ = ["Graph"]


_RETRIES: Final = 5.0
_PAUSE: Final = 2.0
"""Seconds in which those who wait for a connection are not made to wait for another failure."""


class Graph:
    """Connects when the first request needs it, and anew where the local server has moved to another port.

    A Neo4j that goes away and comes back at its address is found by the driver itself.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._watch = Watch(LocalServer(settings)) if settings.neo4j_uri is None else None
        self._lock = threading.Lock()
        self._trial = threading.Lock()
        self._connection: Connection | None = None
        self._failure: tuple[float, StoreError] | None = None
        self._is_closed = threading.Event()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The connection; raises StoreError where Neo4j does not answer. Not started here: that takes too long."""
        with self._admitted():
            connection = self._connected()
            try:
                yield connection
            except QueryStopped:
                raise
            except StoreError:
                self._leave(connection)
                raise

    @contextmanager
    def _admitted(self) -> Iterator[None]:
        """While the local server is away, one request at a time sees whether it is back; the others need not wait."""
        if self._watch is None or not self._watch.is_down:
            yield
            return
        if not self._trial.acquire(blocking=False):
            raise StoreError("the local server is away")
        try:
            yield
            self._watch.is_down = False
        finally:
            self._trial.release()

    def open(self) -> None:
        """Look after the local server from now on; one of the user's own is only waited for."""
        if self._watch is not None:
            self._watch.start()

    def plan_ahead(self, queries: Iterable[NamedQuery]) -> None:
        """Have Neo4j plan views and these queries beside its other work; what goes wrong there, requests tell."""

        def plan() -> None:
            with suppress(InquiryError), self.connection() as connection:
                read_ahead(connection)
                plan_ahead(connection, queries, self._is_closed.is_set)

        threading.Thread(target=plan, name="plan-ahead", daemon=True).start()

    def close(self) -> None:
        """Close the connection; the next request would make one anew."""
        self._is_closed.set()
        if self._watch is not None:
            self._watch.end()
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _connected(self) -> Connection:
        with self._lock:
            if self._connection is None:
                if self._failure is not None and time.monotonic() - self._failure[0] < _PAUSE:
                    raise self._failure[1]
                try:
                    self._connection = connect(self.settings, start=False, retry_seconds=_RETRIES)
                except StoreError as error:
                    self._failure = time.monotonic(), error
                    raise
            return self._connection

    def _leave(self, lost: Connection) -> None:
        if self.settings.neo4j_uri is not None or LocalServer(self.settings).status().uri == lost.uri:
            return
        with self._lock:
            if self._connection is lost:
                lost.close()
                self._connection = None
