"""A server that goes away in the middle of a load, and a disk that fills up: a clear error, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

import graph.store.writer as writer
from graph.commands.load import seed_requests
from graph.errors import StoreError
from graph.schema import Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
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


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(folder)], check=False, capture_output=True
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("only root can make a small disk here")
    yield folder
    LocalServer(small(folder / "data")).down()
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk_is_told(full_disk: Path) -> None:
    settings = small(full_disk / "data")
    source = Source(document="document:d", published="2024")
    filler = full_disk / "filler"

    def claims() -> Iterator[object]:
        for number in range(200_000):
            yield make_claim(
                f"body:b{number}", "name", source=source, value=f"B {number} " + "x" * 800, locator=f"p {number}"
            )

    with connect(settings) as connection:
        writer.apply_schema(connection)
        free = os.statvfs(full_disk)
        filler.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - 12 * 1024 * 1024))
        request = LoadRequest("test", "test", (LoadInput(name="x", sha256="2" * 64),), claims())  # type: ignore[arg-type]
        with pytest.raises(StoreError) as caught:
            writer.write_load(connection, request)
    assert "disk" in (caught.value.hint or "")
    filler.unlink()
