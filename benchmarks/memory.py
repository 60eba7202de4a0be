"""How much memory a load takes, of a shorter and a longer one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generator import generate_claims
from benchmarks.results import Result
from benchmarks.server import fresh_server, own_settings
from graph.schema import Claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import connect
from graph.store.writer import write_load

__all__ = ["measure_memory"]


@dataclass(frozen=True)
class _Stream:
    """Claims that are made as they are asked for, as often as they are."""

    count: int

    def __iter__(self) -> Iterator[Claim]:
        return generate_claims(self.count)


def measure_memory(smaller: int, larger: int) -> list[Result]:
    """Peak megabytes of the loading process, each load in a process of its own."""
    small, large = _measure(smaller), _measure(larger)
    what = f"memory of a load, {larger:,} against {smaller:,} claims"
    return [Result(what, "MB", ours=large, peer=small, at_most=1.1)]


def _measure(claims: int) -> float:
    with fresh_server() as (_, settings):
        command = [sys.executable, "-m", "benchmarks.memory", str(settings.data_dir), str(claims)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _load(data_dir: Path, claims: int) -> float:
    import resource

    inputs = (LoadInput(name=f"generated-{claims}", sha256="0" * 64),)
    request = LoadRequest(loader="benchmark", source="generated", inputs=inputs, claims=_Stream(claims))
    with connect(own_settings(data_dir), start=False) as connection:
        write_load(connection, request)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(_load(Path(sys.argv[1]), int(sys.argv[2])))
