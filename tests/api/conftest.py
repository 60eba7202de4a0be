"""The API over the Neo4j of the test run."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from graph.settings import Settings
from graph.store.connection import Connection
from serving import serving


@pytest.fixture(scope="session")
def client(settings: Settings, connection: Connection) -> Iterator[httpx2.Client]:
    with serving(settings) as client:
        yield client
