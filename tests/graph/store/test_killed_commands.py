"""`inquiry load` on a fresh machine, killed anywhere from the first jar to the last transaction, and run again."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.connection import connect
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.local import LocalServer
from graph.store.local.jars import read_lock
from killing import Machine, write_fact_file

SEED = 20251203
PHASES = ("fetch", "start", "batch", "view", "finish")
POINTS = 4  # in each phase
MISSING = 12
"""Jars that are fetched anew, the smallest of them."""

# The command itself, with small batches and a clock that stands still; it says where it is and then waits a moment, so
# that it can be killed there. A transaction is told before it, when all is written, and when it is committed.
COMMAND = r"""
import functools, os, sys, time
from datetime import UTC, datetime
import graph.commands.load as command
import graph.store.local.jars as jars
import graph.store.local.server as server
import graph.store.recent as recent
import graph.store.refresh as refresh
import graph.store.writer as writer
from graph.cli import main
from graph.store.connection import Connection

writer.BATCH, recent.LIMIT, refresh.BATCH = 40, 90, 25
command.write_load = functools.partial(writer.write_load, now=lambda: datetime(2026, 1, 1, 12, tzinfo=UTC))

def say(phase):
    os.write(1, f"at {phase}\n".encode())  # whole, from whichever thread
    time.sleep(0.01)

def told(function, phase):
    def tell(*args, **options):
        say(phase)
        return function(*args, **options)
    return tell

jars._Counter.tell = told(jars._Counter.tell, "fetch")
for name in ("_write_configuration", "_prepare_store", "_launch"):
    setattr(server.LocalServer, name, told(getattr(server.LocalServer, name), "start"))
server.ask = told(server.ask, "start")

NAMES = {"BatchWork": "batch", "_refresh": "view", "_finish": "finish"}
transact = Connection.transact

def transact_slowly(self, work, **options):
    function = getattr(work, "func", work)
    phase = NAMES.get(getattr(function, "__name__", type(function).__name__), "other")
    def telling(transaction):
        result = work(transaction)
        say(phase)
        return result
    say(phase)
    result = transact(self, telling, **options)
    say(phase)
    return result

Connection.transact = transact_slowly
main()
"""


def write_facts(folder: Path) -> list[str]:
    """Three fact files, each of a few batches."""
    return [write_fact_file(folder, name, 60) for name in ("a", "b", "c")]


class FreshMachine(Machine):
    """One with a cache of jars of its own, from which some are `missing`, for a command that loads `facts`."""

    def __init__(self, folder: Path, facts: list[str], *, missing: int) -> None:
        super().__init__(folder, folder / "cache")
        self.facts = facts
        jars = Settings.model_construct().cache_dir / f"neo4j-{read_lock().neo4j}"
        mine = folder / "cache" / jars.name
        mine.mkdir(parents=True)
        for jar in sorted(jars.glob("*.jar"), key=lambda path: path.stat().st_size)[missing:]:
            link(jar, mine / jar.name)

    def run(self, *, until: tuple[str, int] | None = None) -> Counter[str]:
        """Run `inquiry load` and give how often it was in each phase; kill it when it is in one for so many times."""
        return self.run_code(COMMAND, "load", *self.facts, until=until)

    def digest(self) -> str:
        with connect(self.settings, start=False) as connection:
            assert list(check_graph(connection)) == []
            return graph_digest(connection)


def link(jar: Path, target: Path) -> None:
    try:
        os.link(jar, target)
    except OSError:
        shutil.copy(jar, target)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return write_facts(tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def undisturbed(
    server: LocalServer, facts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Counter[str]]:
    """The digest after a run that nothing disturbs, and how often it is in each phase; `server` brings the jars."""
    machine = FreshMachine(tmp_path_factory.mktemp("undisturbed") / "machine", facts, missing=MISSING)
    seen = machine.run()
    digest = machine.digest()
    machine.throw_away()
    return digest, seen


@pytest.mark.fuzz
@pytest.mark.parametrize("phase", PHASES)
def test_killed_in_each_phase(
    phase: str, facts: list[str], undisturbed: tuple[str, Counter[str]], tmp_path: Path
) -> None:
    """Every second time the server is killed too. Jars are missing only where it is killed while it fetches them."""
    expected, seen = undisturbed
    # A start is told ten times a second, and may be quicker the next time.
    last = seen[phase] // 2 if phase == "start" else seen[phase]
    times = sorted(random.Random(f"{SEED} {phase}").sample(range(1, last + 1), POINTS))
    for number, time in enumerate(times):
        machine = FreshMachine(tmp_path / f"{number}", facts, missing=MISSING if phase == "fetch" else 0)
        try:
            machine.run(until=(phase, time))
            if number % 2:
                machine.kill_server()
            machine.run()
            assert machine.digest() == expected, f"killed in {phase} for the {time}. time"
        finally:
            machine.throw_away()
