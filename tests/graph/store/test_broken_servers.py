"""A server that goes away in the middle of a load: a clear error, and nothing lost."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

import graph.store.writer as writer
from graph.commands.load import seed_requests
from graph.errors import StoreError
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.local import LocalServer

pytestmark = pytest.mark.fuzz
MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def small(folder: Path) -> Settings:
    cache = Settings.model_construct().cache_dir
    return Settings(data_dir=folder, cache_dir=cache, heap="512m", page_cache="64m", neo4j_uri=None)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    settings = small(tmp_path / "data")
    yield settings
    LocalServer(settings).down()


def load(settings: Settings) -> str:
    with connect(settings) as connection:
        for request in seed_requests(["bradford"]):
            writer.write_load(connection, request, now=lambda: MOMENT)
        assert list(check_graph(connection)) == []
        return graph_digest(connection)


def _load_all(connection: Connection, stage: writer.Stage) -> None:
    for request in seed_requests(["bradford"]):
        writer.write_load(connection, request, now=lambda: MOMENT, stage=stage)


def test_a_server_that_goes_away_in_the_middle_of_a_load(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load(own)
    with connect(own) as connection:
        connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
        pid = json.loads((own.data_dir / "server.json").read_text())["pid"]
        monkeypatch.setattr(writer, "BATCH", 100)
        done: list[int] = []

        def stage(name: str, written: int, total: int | None) -> None:
            done.append(written)
            if len(done) == 3:
                psutil.Process(pid).send_signal(signal.SIGKILL)

        with pytest.raises(StoreError) as caught:
            _load_all(connection, stage)
    assert caught.value.hint
    monkeypatch.undo()
    assert load(own) == expected
