"""A connection to Neo4j through its official driver: the user's own by address, otherwise the local server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import neo4j
import neo4j.time
from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, ManagedTransaction, NotificationMinimumSeverity, Query, Session

from graph.errors import StoreError
from graph.settings import Settings
from graph.store.failures import translated, unusable_address
from graph.store.local import LocalServer, Progress
from graph.store.local.progress import silent

__all__ = ["Connection", "Parameters", "Reader", "Row", "StreamReader", "Written", "connect"]

Parameters = Mapping[str, Any]
Row = dict[str, Any]
T = TypeVar("T")

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_SIMPLE = frozenset({bool, bytes, float, int, neo4j.time.Date, neo4j.time.DateTime})
_ROOM = 128 * 1024 * 1024
"""Bytes that are left free on the disk of the local server: many times what one transaction of a load writes. On a disk
that is full to the brim Neo4j tears its transaction log, and there are tears that it cannot cut away."""


@dataclass(frozen=True)
class Written:
    """What a write gave back: its rows, and Neo4j's counters that are not zero (`nodes_created` …)."""

    rows: list[Row]
    counters: dict[str, int]


class Reader(Protocol):
    """Whatever reads: a connection, a transaction for each read, or one transaction for several."""

    def read(self, query: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of a read."""
        ...


class StreamReader(Reader, Protocol):
    """A reader whose last read may be longer than memory."""

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """The rows of a read as the driver has them."""
        ...


class Connection:
    """One driver and the name of one database; every transaction names it. Close it, or use it in a `with`.

    `folder` is the data folder where the server is the local one: nothing is written while its disk is nearly full.
    """

    def __init__(self, driver: Driver, *, database: str, uri: str, folder: Path | None = None) -> None:
        self.driver = driver
        self.database = database
        self.uri = uri
        # The members of a cluster learn of a write one after the other: a read waits until its own knows of those
        # before. One server needs none of it, and could not find the place in a store that took the place of its own.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager() if uri.startswith("neo4j") else None
        self.folder = folder

    def read(self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> list[Row]:
        """Return all rows of a read, tried again when Neo4j says that it may work then. `timeout` in seconds."""

        return self.read_together(lambda reader: reader.read(query, parameters), timeout=timeout)

    def read_together(self, work: Callable[[Reader], T], *, timeout: float | None = None) -> T:
        """Run several reads in one transaction; `work` may be called again, so it must have no other effects."""
        with translated(self.uri), self.session(READ_ACCESS) as session:
            return session.execute_read(
                neo4j.unit_of_work(timeout=timeout)(lambda transaction: work(_Together(transaction)))
            )

    @contextmanager
    def reading(self, *, timeout: float | None = None) -> Iterator[StreamReader]:
        """One transaction for several reads, the last of which may give its rows one by one. Not tried again."""
        with (
            translated(self.uri),
            self.session(READ_ACCESS) as session,
            session.begin_transaction(timeout=timeout) as transaction,
        ):
            yield _Together(transaction)

    def stream(
        self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None
    ) -> Iterator[neo4j.Record]:
        """Give the records of a read one by one, as the driver has them; memory does not grow. Not tried again."""
        with (
            translated(self.uri),
            self.session(READ_ACCESS) as session,
            session.begin_transaction(timeout=timeout) as transaction,
        ):
            yield from transaction.run(query, dict(parameters or {}))

    def write(self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> Written:
        """Run one write in its own transaction, tried again when Neo4j says that it may work then."""
        return self.transact(lambda transaction: run_write(transaction, query, parameters), timeout=timeout)

    def transact(self, work: Callable[[ManagedTransaction], T], *, timeout: float | None = None) -> T:
        """Run `work` in one write transaction; it may be called again, so it must have no other effects."""
        self._see_that_there_is_room()
        with translated(self.uri), self.session(WRITE_ACCESS) as session:
            return session.execute_write(neo4j.unit_of_work(timeout=timeout)(work))

    def execute(self, query: str, parameters: Parameters | None = None, *, timeout: float | None = None) -> Written:
        """Run what needs a transaction of its own making: schema commands and `CALL {} IN TRANSACTIONS`."""
        self._see_that_there_is_room()
        with translated(self.uri), self.session(WRITE_ACCESS) as session:
            return _collect(session.run(Query(query, timeout=timeout), dict(parameters or {})))

    def _see_that_there_is_room(self) -> None:
        if self.folder is None or (free := shutil.disk_usage(self.folder).free) >= _ROOM:
            return
        megabytes = _ROOM // 1024**2
        raise StoreError(
            f"the disk is nearly full: {free // 1024**2} of the {megabytes} MB that a write needs are free",
            where=str(self.folder),
            hint=f"free some space, so that {megabytes} MB are free, and try again",
        )

    def session(self, access_mode: str = WRITE_ACCESS, **options: Any) -> Session:
        """Open a session on the configured database; `options` are the driver's."""
        return self.driver.session(
            database=self.database, default_access_mode=access_mode, bookmark_manager=self._bookmarks, **options
        )

    def take_over(self, other: Connection) -> None:
        """Lead to where another connection leads from now on, as when the server was started anew."""
        self.driver.close()
        self.driver, self.database, self.uri = other.driver, other.database, other.uri

    def close(self) -> None:
        """Close the driver; may be called more than once."""
        self.driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Together:
    """Reads within one transaction."""

    def __init__(self, transaction: ManagedTransaction | neo4j.Transaction) -> None:
        self._transaction = transaction

    def read(self, query: str, parameters: Parameters | None = None) -> list[Row]:
        return list(self.stream(query, parameters))

    def stream(self, query: str, parameters: Parameters | None = None) -> Iterator[Row]:
        for record in self._transaction.run(query, dict(parameters or {})):
            yield dict(zip(record.keys(), map(_plain, record.values()), strict=True))


def _plain(value: Any) -> Any:
    """As `Record.data` has it, in a quarter of the time: that asks of each value what it can do, and most are text."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is list:
        return [_plain(item) for item in value]
    if kind is dict:
        return {name: _plain(item) for name, item in value.items()}
    if kind in _SIMPLE:
        return value
    return neo4j.Record({"value": value}).data()["value"]  # type: ignore[no-untyped-call]


def run_write(transaction: ManagedTransaction, query: str, parameters: Parameters | None = None) -> Written:
    """Run one of several writes of a transaction."""
    return _collect(transaction.run(query, dict(parameters or {})))


def _collect(result: neo4j.Result) -> Written:
    rows = [record.data() for record in result]
    counters = result.consume().counters
    names = [name for name in vars(type(counters)) if not name.startswith(("_", "contains"))]
    values = {name: getattr(counters, name) for name in names}
    return Written(rows, {name: value for name, value in values.items() if isinstance(value, int) and value})


def connect(
    settings: Settings, *, start: bool = True, progress: Progress = silent, retry_seconds: float = 15.0
) -> Connection:
    """Connect and see that Neo4j answers; raises StoreError otherwise.

    With `settings.neo4j_uri` that Neo4j is used; without, the local server, which is started where it does not run,
    unless `start` is False. What may work when it is tried again is tried for `retry_seconds`.
    """
    uri, auth = _own_server(settings) if settings.neo4j_uri else _local_server(settings, start=start, progress=progress)
    if uri.partition("://")[0] not in _SCHEMES:
        raise unusable_address(uri)
    with translated(uri):
        try:
            driver = neo4j.GraphDatabase.driver(
                uri,
                auth=auth,
                connection_timeout=10.0,
                max_transaction_retry_time=retry_seconds,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                user_agent="inquiry-graph",
            )
        except ValueError as error:
            raise unusable_address(uri) from error
        try:
            _see_that_it_answers(driver, settings.neo4j_database)
        except BaseException:
            with suppress(Exception):
                driver.close()
            raise
    folder = None if settings.neo4j_uri else settings.data_dir.absolute()
    connection = Connection(driver, database=settings.neo4j_database, uri=uri, folder=folder)
    if start and settings.neo4j_uri is None:
        _finish_replacement(connection, LocalServer(settings))
    return connection


def _finish_replacement(connection: Connection, server: LocalServer) -> None:
    """Finish what a bulk load left that was killed: the replacement of the store, and what it had built for it."""
    replacement = server.replacement
    if replacement.read() is None and not replacement.has_leftovers and not server.work.exists():
        return
    from graph.store.bulk.settling import remove_leftovers, settle

    try:
        settle(connection, server)
        remove_leftovers(server)
    except BaseException:
        connection.close()
        raise


def _see_that_it_answers(driver: Driver, database: str) -> None:
    # Without the retries of a managed transaction: a wrong address should be told at once.
    with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        session.run("RETURN 1").consume()


def _own_server(settings: Settings) -> tuple[str, tuple[str, str] | None]:
    uri = settings.neo4j_uri or ""
    if settings.neo4j_password is None:
        return uri, None
    return uri, (settings.neo4j_user, settings.neo4j_password.get_secret_value())


def _local_server(settings: Settings, *, start: bool, progress: Progress) -> tuple[str, tuple[str, str]]:
    server = LocalServer(settings)
    status = server.up(progress=progress) if start else server.status()
    if status.uri is None:
        raise StoreError("the local server does not run", where=str(status.data), hint="`inquiry up` starts it")
    return status.uri, (status.user, server.password())
