"""The whole public record: `inquiry load --all` on an empty machine, and the same again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psutil

from benchmarks.results import Result
from benchmarks.server import HEAP, PAGE_CACHE, own_settings
from graph.store.connection import connect
from graph.store.local import LocalServer
from graph.store.statements import statement

__all__ = ["measure_record"]


class _Run(NamedTuple):
    seconds: float
    megabytes: float
    """The most that its processes took together, Neo4j's own apart."""


def measure_record() -> list[Result]:
    """Both ways to load, each on a new machine but for the jars of Neo4j; nothing without INQUIRY_DATA."""
    data = os.environ.get("INQUIRY_DATA")
    if not data:
        return []
    claims, bulk, again = _measure(data, "auto")
    _, batches, _ = _measure(data, "off")
    what = f"inquiry load --all, {claims:,} claims"
    return [
        Result(f"{what}, by batches only", "claims a second", claims / bulk.seconds, claims / batches.seconds),
        Result(f"{what}, by batches only", "s", bulk.seconds, batches.seconds, at_most=1),
        Result(f"{what}: the same again, by the first time", "s", again.seconds, bulk.seconds, at_most=0.1),
        Result(f"{what}: peak memory, by batches only", "MB", bulk.megabytes, batches.megabytes),
    ]


def _measure(data: str, way: str) -> tuple[int, _Run, _Run]:
    """How many claims there are, the first load, and the same again."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        settings = own_settings(Path(folder) / "data")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")},
            "INQUIRY_DATA": data, "INQUIRY_DATA_DIR": str(settings.data_dir), "INQUIRY_BULK": way,
            "INQUIRY_HEAP": HEAP, "INQUIRY_PAGE_CACHE": PAGE_CACHE,
        }  # fmt: skip
        try:
            first, again = _load(environment), _load(environment)
            with connect(settings, start=False) as connection:
                claims: int = connection.read(statement("count_loaded"))[0]["claims"]
        finally:
            LocalServer(settings).down()
    return claims, first, again


def _load(environment: dict[str, str]) -> _Run:
    command = [str(Path(sys.executable).with_name("inquiry")), "load", "--all", "--json"]
    begun = time.perf_counter()
    peak = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        while process.poll() is None:
            peak = max(peak, _resident(process.pid))
            time.sleep(0.1)
    if process.returncode != 0:
        raise RuntimeError("the sources were not loaded")
    return _Run(time.perf_counter() - begun, peak)


def _resident(pid: int) -> float:
    """Megabytes of a process and its helpers, without Java."""
    total = 0
    try:
        command = psutil.Process(pid)
        for process in (command, *command.children(recursive=True)):
            if "java" not in process.name():
                total += process.memory_info().rss
    except psutil.Error:
        pass
    return total / 2**20
