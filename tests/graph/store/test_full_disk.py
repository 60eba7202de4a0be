"""A disk that is full in the middle of a load: a clear error, whole batches only, and a server that comes back."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from graph.errors import StoreError
from graph.schema import Source, make_claim
from graph.schema.claims import Claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.integrity import check_graph
from graph.store.local import LocalServer
from graph.store.local.readiness import TornLog
from graph.store.writer import BATCH, LoadReport, write_load

pytestmark = pytest.mark.fuzz
SOURCE = Source(document="document:d", published="2024")
# How the log of Neo4j 5.26 begins the change of a property, and where in it a count stands. A full disk leaves a change
# that is cut off, and what stands in the place of a count there is not one.
PROPERTY, COUNT = b"\x14\x03\x18", slice(46, 48)
MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Bodies:
    """Claims on the names of so many bodies; before one of them the disk is filled but for so many bytes."""

    def __init__(self, count: int, *, filler: Path | None = None, full_at: int = 0, left: int = 0) -> None:
        self.count, self.filler, self.full_at, self.left = count, filler, full_at, left

    def __iter__(self) -> Iterator[Claim]:
        for number in range(self.count):
            if self.filler is not None and number == self.full_at and not self.filler.exists():
                fill(self.filler, left=self.left)
            yield make_claim(f"body:b{number}", "name", value=f"Body {number}", source=SOURCE, locator="p. 1")


def fill(filler: Path, *, left: int) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while shutil.disk_usage(filler.parent).free > left:
                file.write(b"x" * 100_000)
        except OSError:
            pass


def load(connection: Connection, bodies: Bodies) -> LoadReport:
    request = LoadRequest(loader="test", source="test", inputs=(LoadInput(name="x", sha256="2" * 64),), claims=bodies)
    return write_load(connection, request, now=lambda: MOMENT)


def claims_of(connection: Connection) -> int:
    rows = connection.read("MATCH (c:Claim) RETURN count(c) AS n, count { (:Claim)-[:CITES]->() } AS cited")
    assert rows[0]["n"] == rows[0]["cited"]
    return int(rows[0]["n"])


def small(folder: Path) -> Settings:
    cache = Settings.model_construct().cache_dir
    return Settings(data_dir=folder, cache_dir=cache, heap="512m", page_cache="64m", neo4j_uri=None)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Settings]:
    settings = small(tmp_path / "data")
    yield settings
    LocalServer(settings).down()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 MB. Only root may mount one: elsewhere, CI included, the test is skipped and says so."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    LocalServer(small(folder / "data")).down()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def see_that_the_load_can_be_taken_up(connection: Connection) -> None:
    kept = claims_of(connection)
    assert (kept > 0, kept % BATCH) == (True, 0)
    report = load(connection, Bodies(6 * BATCH))
    assert (report.outcome, report.new + report.unchanged) == ("resumed", 6 * BATCH)
    assert claims_of(connection) == 6 * BATCH
    assert list(check_graph(connection)) == []


def test_a_disk_that_becomes_full_stops_the_load_before_it_is(disk: Path) -> None:
    settings, filler = small(disk / "data"), disk / "filler"
    with connect(settings) as connection:
        with pytest.raises(StoreError, match=r"the disk is nearly full: \d\d of the 128 MB") as caught:
            load(connection, Bodies(6 * BATCH, filler=filler, full_at=2 * BATCH, left=80_000_000))
        assert "try again" in (caught.value.hint or "")
        filler.unlink()
        see_that_the_load_can_be_taken_up(connection)


def test_a_disk_that_is_full_in_the_middle_of_a_write(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when another program fills it just then: the server comes back, or says that its log is torn, as it may be."""
    settings, filler = small(disk / "data"), disk / "filler"
    with monkeypatch.context() as unguarded:
        unguarded.setattr("graph.store.connection._ROOM", 0)
        with connect(settings) as connection, pytest.raises(StoreError) as caught:
            load(connection, Bodies(6 * BATCH, filler=filler, full_at=2 * BATCH))
    assert "disk" in f"{caught.value} {caught.value.hint}"
    filler.unlink()
    LocalServer(settings).down()
    try:
        with connect(settings) as connection:
            see_that_the_load_can_be_taken_up(connection)
    except TornLog as error:
        said = f"{error} {error.hint}"
        assert ("cannot be read" in said, "load again" in said) == (True, True)


def test_a_transaction_log_that_is_torn_at_its_end_is_cut_there(
    own: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """What a full disk leaves now and then: a last transaction that was never answered, and cannot be read."""
    log = own.data_dir / "data" / "transactions" / "neo4j" / "neostore.transaction.db.0"
    with connect(own) as connection:
        load(connection, Bodies(10))
        connection.write("CREATE (:Torn {x: 7})")
        before = log.stat().st_size
        connection.write("UNWIND range(1, 5000) AS x CREATE (:Torn {x: x})")
    server = psutil.Process(json.loads((own.data_dir / "server.json").read_text())["pid"])
    server.kill()
    psutil.wait_procs([server], timeout=30)
    written = bytearray(log.read_bytes())
    change = written.index(PROPERTY, before)
    written[change + COUNT.start : change + COUNT.stop] = b"\x55" * 2
    log.write_bytes(written)
    with caplog.at_level(logging.WARNING), connect(own) as connection:
        assert claims_of(connection) == 10
        assert connection.read("MATCH (t:Torn) RETURN count(t) AS n") == [{"n": 1}]
        connection.write("MATCH (t:Torn) DELETE t")
        assert list(check_graph(connection)) == []
    assert "was cut" in caplog.text
    LocalServer(own).down()
    with connect(own) as connection:
        assert claims_of(connection) == 10
    assert "corrupted" not in (own.data_dir / "conf" / "neo4j.conf").read_text(), "only that one start forgives"
