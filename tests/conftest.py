"""One real Neo4j for the whole run.

`server` is started once, on free ports and a data folder of its own, and ended after the last test; its jars come from
the user's cache, where they are fetched if this is their first use. `settings` leads to it, `connection` is a driver on
it, and `clean_graph` empties it before a test, since all tests share one database.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer

_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


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
