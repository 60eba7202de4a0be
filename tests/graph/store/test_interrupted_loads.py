"""A load that is killed, and loaded again, ends in the same graph as one that was not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.commands.load import seed_requests
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.writer import write_load

SEED = 20140826
POINTS = 20
MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)

# A load in a process of its own, with small batches, that says where it is before each step and then waits a moment.
LOADER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
import graph.store.recent as recent
import graph.store.refresh as refresh
import graph.store.writer as writer
from graph.commands.load import seed_requests
from graph.settings import Settings
from graph.store.connection import Connection, connect

writer.BATCH = 100
recent.LIMIT = 250
refresh.BATCH = 60
original = Connection.transact

def slowly(self, work, **options):
    print("step", flush=True)
    time.sleep(0.005)
    return original(self, work, **options)

Connection.transact = slowly
with connect(Settings(data_dir=Path(sys.argv[1])), start=False) as connection:
    print("ready", flush=True)
    for request in seed_requests(["iicsa"]):
        print("load", flush=True)
        writer.write_load(connection, request, now=lambda: datetime(2026, 1, 1, 12, tzinfo=UTC))
print("done", flush=True)
"""


def empty(connection: Connection) -> None:
    connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")


def start(settings: Settings) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, str(settings.data_dir)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def run_for(settings: Settings, steps: int) -> bool:
    """Let the loader take `steps` steps and kill it; say whether it was still at work."""
    process = start(settings)
    assert process.stdout is not None
    with process.stdout:
        seen = 0
        for line in process.stdout:
            if line.strip() == "done":
                process.wait()
                return False
            seen += line.strip() == "step"
            if seen >= steps:
                break
        process.send_signal(signal.SIGKILL)
    process.wait()
    return True


def count_steps(settings: Settings) -> int:
    process = start(settings)
    assert process.stdout is not None
    with process.stdout:
        steps = sum(line.strip() == "step" for line in process.stdout)
    assert process.wait() == 0
    return steps


def load_all(connection: Connection) -> None:
    for request in seed_requests(["iicsa"]):
        write_load(connection, request, now=lambda: MOMENT)


def settle(connection: Connection) -> None:
    """Wait until the server has rolled back what the killed process had begun."""
    for _ in range(100):
        rows = connection.execute("SHOW TRANSACTIONS YIELD currentQuery, status RETURN count(*) AS n").rows
        if rows[0]["n"] <= 1:
            return
        time.sleep(0.05)


def kill_at(points: list[int], connection: Connection, settings: Settings, expected: str) -> None:
    for steps in points:
        empty(connection)
        assert run_for(settings, steps), f"the load was over before step {steps}"
        settle(connection)
        load_all(connection)
        assert graph_digest(connection) == expected, f"killed at step {steps}"
        assert list(check_graph(connection)) == [], f"killed at step {steps}"


def reference(connection: Connection, settings: Settings) -> tuple[str, int]:
    """The digest of an undisturbed load, and how many steps it takes."""
    empty(connection)
    steps = count_steps(settings)
    return graph_digest(connection), steps


@pytest.mark.fuzz
def test_killed_at_twenty_points(connection: Connection, settings: Settings) -> None:
    expected, steps = reference(connection, settings)
    points = random.Random(SEED).sample(range(2, steps - 2), POINTS - 2)
    kill_at(sorted([1, *points, steps - 2]), connection, settings, expected)


@pytest.mark.fuzz
def test_killed_twice_in_a_row(connection: Connection, settings: Settings, tmp_path: Path) -> None:
    expected, steps = reference(connection, settings)
    empty(connection)
    assert run_for(settings, steps // 2)
    settle(connection)
    run_for(settings, 5)
    settle(connection)
    load_all(connection)
    assert graph_digest(connection) == expected
