"""How long it takes from nothing running to the first answer, and from a running server to an answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.generator import generate_claims
from benchmarks.loading import make_request
from benchmarks.results import Result
from benchmarks.server import HEAP, PAGE_CACHE, fresh_server
from graph.queries import Catalogue
from graph.queries.expand import answer_text
from graph.settings import Settings
from graph.store.local import LocalServer
from graph.store.writer import write_load

__all__ = ["measure_starting"]

RUNS: Final = 3
_QUESTION: Final = "decision-reversals"
_BY_HAND: Final = """
import sys
from datetime import date, datetime, timezone
from neo4j import GraphDatabase
uri, password, text = sys.argv[1:]
with GraphDatabase.driver(uri, auth=("neo4j", password), notifications_min_severity="OFF") as driver:
    driver.execute_query(
        text, database_="neo4j", known_at=date(9999, 12, 31), valid_at=None, include_unchecked=False, limit=100, skip=0,
        recorded_at=datetime(9999, 12, 31, tzinfo=timezone.utc), body=None, topic=None,
    )
"""


def measure_starting(claims: int) -> list[Result]:
    """Medians in seconds. The yardstick of a start is Neo4j's own until it answers; that of an answer a bare script."""
    with fresh_server() as (connection, settings):
        write_load(connection, make_request(list(generate_claims(claims))))
        connection.close()
        server = LocalServer(settings)
        server.down()
        bare, cold = [], []
        for _ in range(RUNS):
            bare.append(_time(server.up))
            server.down()
            cold.append(_time(lambda: _ask(settings)))
            server.down()
        server.up()
        text = answer_text(Catalogue()[_QUESTION])
        script = [sys.executable, "-c", _BY_HAND, str(server.status().uri), server.password(), text]
        warm = [_time(lambda: _ask(settings)) for _ in range(RUNS)]
        by_hand = [_time(lambda: _run(script)) for _ in range(RUNS)]
    return [
        Result("start to first answer, by the start of Neo4j alone", "s", median(cold), median(bare), at_most=1.3),
        Result("one answer of the command, by a script with the driver", "s", median(warm), median(by_hand), at_most=2),
    ]


def _ask(settings: Settings) -> None:
    environment = {
        **os.environ,
        "INQUIRY_DATA_DIR": str(settings.data_dir),
        "INQUIRY_HEAP": HEAP,
        "INQUIRY_PAGE_CACHE": PAGE_CACHE,
    }
    _run([str(Path(sys.executable).with_name("inquiry")), "ask", _QUESTION, "--json"], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def _time(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
