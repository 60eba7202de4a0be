"""`inquiry load` that builds a new store, killed at any moment and run again, ends in the same graph."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.connection import connect
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.local import LocalServer
from killing import Machine, write_fact_file

SEED = 20261126
POINTS = 4

# The command itself, with a clock that stands still; it says where it is and then waits a moment, so that it can be
# killed there.
COMMAND = r"""
import functools, os, shutil, sys, time
from datetime import UTC, datetime
from pathlib import Path
import graph.commands.bulk as command
import graph.store.bulk.build as build
import graph.store.bulk.partitions as partitions
import graph.store.bulk.settling as settling
import graph.store.local.replacement as replacement
import graph.store.local.server as server
from graph.cli import main

def moment():
    return datetime(2026, 1, 1, 12, tzinfo=UTC)

def say(phase):
    os.write(1, f"at {phase}\n".encode())  # whole, from whichever thread
    time.sleep(0.01)

def told(function, phase):
    @functools.wraps(function)
    def tell(*args, **options):
        say(phase)
        result = function(*args, **options)
        say(phase)
        return result
    return tell

if __name__ == "__main__":
    command.BulkLoad = functools.partial(build.BulkLoad, now=moment)
    partitions.Partitions._flush = told(partitions.Partitions._flush, "stage")
    build.work_on = told(build.work_on, "stage")
    build.import_store = told(build.import_store, "import")
    for name in ("_stop", "_start_store", "_launch"):
        setattr(server.LocalServer, name, told(getattr(server.LocalServer, name), "swap"))
    for name in ("begin", "go_on", "_write", "finish", "tidy"):
        setattr(replacement.Replacement, name, told(getattr(replacement.Replacement, name), "swap"))
    replacement._remove = told(replacement._remove, "swap")
    server.ask = told(server.ask, "start")
    settling.apply_schema = told(settling.apply_schema, "settle")
    settling.what_is_wrong = told(settling.what_is_wrong, "settle")
    main()
"""


class BulkMachine(Machine):
    """One with one fact file loaded in batches; the next is loaded in bulk."""

    def __init__(self, folder: Path, facts: list[str]) -> None:
        super().__init__(folder, Settings.model_construct().cache_dir)
        self.facts = facts

    def run(self, fact: str, *, bulk: str, until: tuple[str, int] | None = None) -> Counter[str]:
        """Run `inquiry load` and give how often it was in each phase; kill it when it is in one for so many times."""
        return self.run_code(COMMAND, "load", fact, until=until, INQUIRY_BULK=bulk)

    def loads(self) -> int:
        """How many loads the graph holds that the next command finds; all of it must be as its claims say."""
        with connect(self.settings) as connection:
            assert list(check_graph(connection)) == []
            rows = connection.read("MATCH (l:Load) RETURN l.claims AS claims, COUNT { (:Claim {load: l.id}) } AS there")
        assert all(row["claims"] == row["there"] > 0 for row in rows)
        return len(rows)

    def digest(self) -> str:
        with connect(self.settings, start=False) as connection:
            return graph_digest(connection, leave_out=frozenset({"recorded_at"}))

    def left(self) -> list[str]:
        """What is left of stores in the data folder."""
        return sorted(p.name for p in self.settings.data_dir.iterdir() if p.name.startswith(("data", "bulk", "repl")))


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("facts")
    return [write_fact_file(folder, name, 400) for name in ("a", "b")]


@pytest.fixture(scope="module")
def undisturbed(
    server: LocalServer, facts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Counter[str]]:
    """The digest after a run that nothing disturbs, and how often it is in each phase; `server` brings the jars."""
    machine = BulkMachine(tmp_path_factory.mktemp("undisturbed") / "machine", facts)
    machine.run(facts[0], bulk="off")
    seen = machine.run(facts[1], bulk="on")
    digest = machine.digest()
    machine.throw_away()
    return digest, seen


def kill_at(phase: str, times: list[int], facts: list[str], expected: str, folder: Path) -> None:
    """Every second time the server is killed too. Then the next command finds the old or the new graph, whole."""
    for number, time in enumerate(times):
        machine = BulkMachine(folder / f"{number}", facts)
        try:
            machine.run(facts[0], bulk="off")
            machine.run(facts[1], bulk="on", until=(phase, time))
            if number % 2:
                machine.kill_server()
            assert machine.loads() in {1, 2}, f"killed in {phase} for the {time}. time"
            machine.run(facts[1], bulk="on")
            assert machine.loads() == 2
            assert machine.digest() == expected, f"killed in {phase} for the {time}. time"
            assert set(machine.left()) <= {"data", "bulk.lock", "replacement.lock"}
        finally:
            machine.throw_away()


@pytest.mark.soak
@pytest.mark.parametrize("phase", ["stage", "import", "swap", "start", "settle"])
def test_killed_in_each_phase(
    phase: str, facts: list[str], undisturbed: tuple[str, Counter[str]], tmp_path: Path
) -> None:
    expected, seen = undisturbed
    # A start is told ten times a second, and may be quicker the next time.
    last = max(seen[phase] // 2, 1) if phase == "start" else seen[phase]
    chosen = random.Random(f"{SEED} {phase}").sample(range(1, last + 1), min(POINTS, last))
    kill_at(phase, sorted(chosen), facts, expected, tmp_path)
