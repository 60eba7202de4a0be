"""One real Neo4j for the whole run (two where `make test` runs two processes, one each).

`server` is started once, on free ports and a data folder of its own, and ended after the last test; its jars come from
the user's cache, where they are fetched if this is their first use. `settings` leads to it, `connection` is a driver on
it, and `clean_graph` empties it before a test, since all tests share one database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from graph.commands.load import seed_requests
from graph.loaders.facts import load_request, read_fact_files
from graph.queries import Answer, Catalogue, Times, ask
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer
from graph.store.writer import LoadReport, write_load

_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, and those on the whole public record, loaded once for all of them."""
    for item in items:
        is_of_record = "record" in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group("record" if is_of_record else str(item.path)))
        if is_of_record and item.get_closest_marker("soak") is None:
            item.add_marker(pytest.mark.fuzz)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Lead to the server of this test run, whatever the environment says."""
    return _isolated(tmp_path_factory.mktemp("local") / "data")


def _isolated(data_dir: Path) -> Settings:
    plain = Settings.model_construct()
    return Settings(
        neo4j_uri=None,
        neo4j_database="neo4j",
        neo4j_home=None,
        neo4j_jars=None,
        data_dir=data_dir,
        cache_dir=plain.cache_dir,
        heap="1g",
        page_cache="256m",
    )


@pytest.fixture(scope="session")
def server(settings: Settings) -> Iterator[LocalServer]:
    local = LocalServer(settings)
    local.up()
    yield local
    local.down()


@pytest.fixture(scope="session")
def connection(server: LocalServer, settings: Settings) -> Iterator[Connection]:
    with connect(settings, start=False) as connection:
        yield connection


@pytest.fixture
def clean_graph(connection: Connection) -> Connection:
    """Give the connection to an empty database; constraints and indexes stay."""
    connection.execute(_EMPTY)
    return connection


@pytest.fixture(scope="module")
def seeds(connection: Connection) -> Iterator[Connection]:
    """All seeds, loaded once for this file."""
    connection.execute(_EMPTY)
    for request in seed_requests():
        write_load(connection, request)
    yield connection
    connection.execute(_EMPTY)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Lead to the real data sets; without them the test is skipped, but fails in CI."""
    folder = os.environ.get("INQUIRY_DATA")
    if folder and Path(folder).is_dir():
        return Path(folder)
    reason = "INQUIRY_DATA does not name a folder with the real data sets"
    if os.environ.get("INQUIRY_CI"):
        pytest.fail(reason)
    pytest.skip(reason)


LoadFacts = Callable[..., LoadReport]
AskRows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def facts_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a fact file and give its path."""

    def write(text: str, name: str = "facts.yaml") -> Path:
        path = tmp_path / name
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return write


@pytest.fixture
def load_facts(clean_graph: Connection, facts_file: Callable[..., Path]) -> LoadFacts:
    """Load a fact file into the empty graph; each load is recorded a day after the one before, from 2026-01-01."""
    days = count()

    def load(text: str, *, name: str = "facts.yaml", **options: Any) -> LoadReport:
        facts = read_fact_files([facts_file(text, name)])
        moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=next(days))
        return write_load(clean_graph, load_request(facts.files, name), now=lambda: moment, **options)

    return load


@pytest.fixture
def ask_query(connection: Connection) -> Callable[..., Answer]:
    """Ask a named query; the times are given as on the command line."""
    catalogue = Catalogue()

    def question(name: str, *, include_unchecked: bool = False, limit: int = 1000, **given: Any) -> Answer:
        times = Times.read(*(given.pop(key, None) for key in ("valid_at", "known_at", "recorded_at")))
        return ask(connection, catalogue[name], given, times=times, include_unchecked=include_unchecked, limit=limit)

    return question


@pytest.fixture
def ask_rows(ask_query: Callable[..., Answer]) -> AskRows:
    """Ask a named query and give its rows; each of them must bring evidence."""

    def question(name: str, **given: Any) -> list[dict[str, Any]]:
        rows = ask_query(name, **given).rows
        for row in rows:
            assert row["evidence"], f"a row without evidence: {row}"
        return rows

    return question


@pytest.fixture
def environment(settings: Settings, connection: Connection) -> dict[str, str]:
    """The environment of a user whose data folder is that of the test server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    return {**kept, "INQUIRY_DATA_DIR": str(settings.data_dir), "NO_COLOR": "1", "COLUMNS": "120"}


@pytest.fixture
def inquiry(environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command; `stdin` is typed into it."""

    def run(*arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("inquiry")), *arguments]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            env={**environment, **more},
            cwd=tmp_path,
            check=False,
            timeout=120,
        )

    return run
