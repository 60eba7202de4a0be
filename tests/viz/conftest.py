"""An invented graph on which views are made, a browser that opens them, and a server that serves them.

`graph` loads `facts.yaml` once for the tests of a module, which only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser

from browsing import Watched, chromium, watch
from graph.loaders.facts import load_request, read_fact_files
from graph.queries import Times
from graph.queries.subgraph import Subgraph, read_around
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.writer import write_load
from serving import serving
from viz import Network

FACTS = Path(__file__).parent / "facts.yaml"
_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS"


@pytest.fixture(scope="module")
def graph(connection: Connection) -> Connection:
    """The invented facts and nothing else."""
    connection.execute(_EMPTY)
    facts = read_fact_files([FACTS])
    write_load(connection, load_request(facts.files, "facts.yaml"), now=lambda: datetime(2026, 1, 1, 12, tzinfo=UTC))
    connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    return connection


@pytest.fixture(scope="module")
def subgraph(graph: Connection) -> Subgraph:
    """What lies around the first inquiry: everything."""
    return graph.read_together(lambda reader: read_around(reader, ["inquiry:first"], Times()))


@pytest.fixture(scope="module")
def saved(subgraph: Subgraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a saved view of it."""
    path = tmp_path_factory.mktemp("saved") / "view.html"
    Network.of(subgraph, "First inquiry").write_html(str(path))
    return path.as_uri()


@pytest.fixture(scope="module")
def client(settings: Settings, graph: Connection) -> Iterator[httpx2.Client]:
    with serving(settings) as client:
        yield client


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page that must end without an error and without a violation of its policy."""
    with browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True) as context:
        watched = watch(context)
        yield watched
        assert watched.errors == []
        assert watched.violations() == []


@pytest.fixture
def served(client: httpx2.Client) -> Callable[..., str]:
    """The address of a served view."""
    base = str(client.base_url).rstrip("/")
    return lambda entity="inquiry:first", **more: (
        f"{base}/explore?" + "&".join(f"{name}={value}" for name, value in {"entity": entity, **more}.items())
    )
