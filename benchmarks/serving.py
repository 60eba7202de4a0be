"""Answers over HTTP, beside the statements that they take over the raw driver and over Neo4j's own HTTP Query API."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

import httpx2
import neo4j
from neo4j import READ_ACCESS, Driver, ManagedTransaction
from neo4j.time import Date, DateTime

from api.app import create_app
from benchmarks.bulk import stream_request
from benchmarks.generator import INQUIRY, KEY
from benchmarks.results import Result
from benchmarks.server import fresh_server
from graph.settings import Settings
from graph.store.bulk import BulkLoad
from graph.store.local import LocalServer

__all__ = ["measure_serving", "serving"]

CLIENTS: Final = 32
RUNS: Final = 60
SECONDS: Final = 10.0
"""So long the many clients ask."""
_ASKED: Final = {
    "entity": f"/v1/entities/{INQUIRY}",
    "claims of an entity": f"/v1/entities/{INQUIRY}/claims",
    "recommendation-targets": f"/v1/queries/recommendation-targets?inquiry={INQUIRY}",
    "search": "/v1/entities?q=report%203",
    "neighbours": f"/v1/entities/body:{KEY}-council/neighbours",
}
Statements = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class _Ways:
    """Three ways to one answer."""

    api: httpx2.Client
    query_api: httpx2.Client
    driver: Driver


def measure_serving(smaller: int, larger: int) -> list[Result]:
    """Medians of one client, and what 32 get in a second, at both sizes of the graph."""
    return [result for claims in (smaller, larger) for result in _measure(claims)]


def _measure(claims: int) -> Iterator[Result]:
    with fresh_server() as (connection, settings):
        with BulkLoad(connection, settings) as bulk:
            bulk.add(stream_request(claims))
            bulk.finish()
        taken = {what: _statements_of(settings, path) for what, path in _ASKED.items()}
        with serving(settings) as address, _ways(settings, address, connection.driver) as ways:
            for what, path in _ASKED.items():
                yield from _of_one_client(f"{what}, {claims:,} claims, one client", path, taken[what], ways)
            for what, path in _ASKED.items():
                yield from _of_many_clients(
                    f"{what}, {claims:,} claims, {CLIENTS} clients", path, taken[what], ways, address
                )


def _of_one_client(what: str, path: str, statements: Statements, ways: _Ways) -> Iterator[Result]:
    ours, raw, query_api = _medians(
        lambda: ways.api.get(path).raise_for_status(),
        lambda: _over_driver(ways.driver, statements),
        lambda: _over_query_api(ways.query_api, statements),
    )
    yield Result(f"{what}, by the raw driver", "ms", ours, raw, at_most=2)
    yield Result(f"{what}, by Neo4j's HTTP Query API", "ms", ours, query_api, at_most=1.2)


def _medians(*works: Callable[[], object]) -> list[float]:
    """Medians of all, taken by turns, so that what else the machine does meets all alike."""
    times: list[list[float]] = [[] for _ in works]
    for run in range(RUNS + 10):
        for work, taken in zip(works, times, strict=True):
            begun = time.perf_counter()
            work()
            if run >= 10:
                taken.append(1000 * (time.perf_counter() - begun))
    return [median(taken) for taken in times]


def _of_many_clients(what: str, path: str, statements: Statements, ways: _Ways, address: str) -> Iterator[Result]:
    cores = os.cpu_count() or 1
    ours = asyncio.run(_ask_together(address, path)) / cores
    raw = _together(lambda: _over_driver(ways.driver, statements)) / cores
    query_api = _together(lambda: _over_query_api(ways.query_api, statements)) / cores
    yield Result(f"{what}, by the raw driver", "answers a second and core", ours, raw)
    yield Result(f"{what}, by Neo4j's HTTP Query API", "answers a second and core", ours, query_api)


async def _ask_together(address: str, path: str) -> float:
    """Answers a second to so many clients, each with a connection of its own."""
    answered = 0
    limits = httpx2.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    async with httpx2.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        end = time.perf_counter() + SECONDS

        async def ask() -> None:
            nonlocal answered
            while time.perf_counter() < end:
                (await client.get(path)).raise_for_status()
                answered += 1

        begun = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(CLIENTS)))
        return answered / (time.perf_counter() - begun)


def _together(work: Callable[[], object]) -> float:
    """How often `work` is done in a second by so many threads."""
    done = itertools.count()
    end = time.perf_counter() + SECONDS

    def go_on() -> None:
        while time.perf_counter() < end:
            work()
            next(done)

    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for future in [pool.submit(go_on) for _ in range(CLIENTS)]:
            future.result()
    return next(done) / (time.perf_counter() - begun)


def _over_driver(driver: Driver, statements: Statements) -> None:
    """In one transaction, the records as dictionaries."""

    def work(transaction: ManagedTransaction) -> None:
        for text, parameters in statements:
            transaction.run(text, parameters).data()

    with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
        session.execute_read(work)


def _over_query_api(client: httpx2.Client, statements: Statements) -> None:
    """One request each: it keeps no transaction open over several."""
    for text, parameters in statements:
        plain = {name: _as_json(value) for name, value in parameters.items()}
        body = {"statement": text, "parameters": plain, "accessMode": "READ"}
        reply = client.post("/db/neo4j/query/v2", json=body).raise_for_status()
        reply.json()


def _as_json(value: Any) -> Any:
    """A parameter in the types of the Query API, which knows dates and moments by name only."""
    if isinstance(value, dict):
        return {name: _as_json(item) for name, item in value.items()}
    if isinstance(value, datetime | DateTime):
        text = value.iso_format() if isinstance(value, DateTime) else value.isoformat()
        return {"$type": "OffsetDateTime", "_value": text}
    if isinstance(value, date | Date):
        return {"$type": "Date", "_value": value.iso_format() if isinstance(value, Date) else value.isoformat()}
    return value


def _statements_of(settings: Settings, path: str) -> Statements:
    """The statements that the API runs for one request, with their parameters."""
    taken: Statements = []
    lock = threading.Lock()
    original = neo4j.ManagedTransaction.run

    def note(self: Any, query: Any, parameters: Any = None, **more: Any) -> Any:
        with lock:
            taken.append((str(query), dict(parameters or {}) | more))
        return original(self, query, parameters, **more)

    async def ask() -> None:
        transport = httpx2.ASGITransport(create_app(settings))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            (await client.get(path)).raise_for_status()

    neo4j.ManagedTransaction.run = note  # type: ignore[method-assign]
    try:
        asyncio.run(ask())
    finally:
        neo4j.ManagedTransaction.run = original  # type: ignore[method-assign]
    return taken


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """`inquiry serve`, as users run it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")},
        "INQUIRY_DATA_DIR": str(settings.data_dir),
        "INQUIRY_API_LOG": "off",
    }
    command = [str(Path(sys.executable).with_name("inquiry")), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            while True:
                try:
                    httpx2.get(f"http://127.0.0.1:{port}/readyz")
                    break
                except httpx2.ConnectError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@contextmanager
def _ways(settings: Settings, address: str, driver: Driver) -> Iterator[_Ways]:
    server = LocalServer(settings)
    neo4j_http = str(server.status().browser).removesuffix("/browser/")
    with (
        httpx2.Client(base_url=address, timeout=60) as api,
        httpx2.Client(base_url=neo4j_http, timeout=60, auth=("neo4j", server.password())) as query_api,
    ):
        yield _Ways(api, query_api, driver)
