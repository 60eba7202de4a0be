"""`inquiry serve` looks after its Neo4j: what kills or stops it costs the others a short while at the most."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import psutil
import pytest

from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.local import LocalServer
from serving import command_serving

pytestmark = pytest.mark.fuzz
ASKED = "/v1/entities?q=council"
EATS = {"query": "RETURN size(reduce(s = 'a', x IN range(1, 30) | s + s)) AS n", "timeout": 30}


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Lead to a server of this test alone, which may be killed."""
    own = settings.model_copy(update={"data_dir": tmp_path / "data", "heap": "512m", "page_cache": "64m"})
    yield own
    LocalServer(own).down()


@pytest.fixture
def address(own: Settings, tmp_path: Path) -> Iterator[str]:
    """Where `inquiry serve` answers on that server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    LocalServer(own).up()
    names = {"DATA_DIR": own.data_dir, "CACHE_DIR": own.cache_dir, "HEAP": own.heap, "PAGE_CACHE": own.page_cache}
    with command_serving({**kept, **{f"INQUIRY_{name}": str(value) for name, value in names.items()}}, tmp_path) as at:
        yield at


def process_of(settings: Settings) -> psutil.Process:
    return psutil.Process(json.loads((settings.data_dir / "server.json").read_text())["pid"])


def ask_until(answers: Callable[[int], bool], address: str) -> list[httpx2.Response]:
    """Ask again and again; nothing but 200 and 503 may come meanwhile."""
    replies: list[httpx2.Response] = []
    begun = time.monotonic()
    while not replies or not answers(replies[-1].status_code):
        assert time.monotonic() - begun < 240, [reply.status_code for reply in replies]
        replies.append(httpx2.get(f"{address}{ASKED}", timeout=120))
        assert replies[-1].status_code in {200, 503}, replies[-1].text
        time.sleep(0.1)
    return replies


def test_a_neo4j_that_is_killed_comes_back_by_itself(own: Settings, address: str) -> None:
    ask_until(lambda status: status == 200, address)
    for _ in range(2):
        killed = process_of(own)
        killed.send_signal(signal.SIGKILL)
        away = ask_until(lambda status: status == 503, address)[-1]
        assert (away.headers["content-type"], int(away.headers["retry-after"]) > 0) == (
            "application/problem+json",
            True,
        )
        ask_until(lambda status: status == 200, address)
        assert process_of(own).pid != killed.pid
    LocalServer(own).down()
    ask_until(lambda status: status == 503, address)
    assert LocalServer(own).status().running is False


def test_what_is_stopped_on_purpose_or_was_started_anew_is_left_alone(own: Settings) -> None:
    server = LocalServer(own)
    server.up()
    state, is_alive = server.pulse()
    assert (state is not None, is_alive) == (True, True)
    server.down()
    assert server.pulse() == (None, False)
    assert state is not None
    assert server.revive(state) is False
    assert server.status().running is False
    server.up()
    assert server.revive(state) is False
    anew, is_alive = server.pulse()
    assert (anew != state, is_alive) == (True, True)


def test_a_neo4j_that_hangs_is_replaced(own: Settings, address: str) -> None:
    ask_until(lambda status: status == 200, address)
    # Once the watch has had an answer, what does not answer hangs.
    time.sleep(10)
    hanging = process_of(own)
    hanging.send_signal(signal.SIGSTOP)
    ask_until(lambda status: status == 503, address)
    ask_until(lambda status: status == 200, address)
    assert process_of(own).pid != hanging.pid
    assert not hanging.is_running()


@pytest.mark.usefixtures("clean_graph")
def test_queries_that_eat_the_heap_cost_their_senders_an_error_and_others_nothing(
    client: httpx2.Client, connection: Connection, settings: Settings
) -> None:
    server = process_of(settings)
    is_over = threading.Event()

    def ask_meanwhile(_: int) -> list[int]:
        statuses = []
        while not is_over.is_set():
            statuses.append(client.get(ASKED).status_code)
            statuses.append(client.post("/v1/cypher", json={"query": "RETURN 1 AS x"}).status_code)
        return statuses

    with ThreadPoolExecutor(16) as pool:
        others = [pool.submit(ask_meanwhile, number) for number in range(2)]
        replies = list(pool.map(lambda _: client.post("/v1/cypher", json=EATS), range(12)))
        is_over.set()
        asked = [status for other in others for status in other.result()]
    assert {(reply.status_code, reply.json()["type"]) for reply in replies} == {(422, "/v1/problems#query-stopped")}
    assert (set(asked), len(asked) > 2) == ({200}, True)
    assert (process_of(settings).pid, server.is_running()) == (server.pid, True)
    assert connection.read("RETURN 1 AS x") == [{"x": 1}]
