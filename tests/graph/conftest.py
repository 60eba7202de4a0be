"""The real public record: the seeds and all known sources, loaded once by the command into a server of their own.

`record` is for tests that only ask, whatever module they stand in; nothing may change it. It takes minutes, so
these tests are part of `make fuzz`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from graph.store.connection import Connection, connect


@dataclass(frozen=True)
class Record:
    """A graph of all there is; `loads` is what the command said of each load."""

    environment: dict[str, str]
    connection: Connection
    loads: list[dict[str, Any]]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The installed command on this graph."""
        return run_inquiry(self.environment, *arguments)

    def ask(self, query: str, **given: str) -> list[dict[str, Any]]:
        """The rows of `inquiry ask … --json`; each must bring evidence."""
        options = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", value)]
        result = self.run("ask", query, *options, "--limit", "1000", "--json")
        assert result.returncode == 0, result.stderr
        rows: list[dict[str, Any]] = json.loads(result.stdout)["rows"]
        assert all(row["evidence"] for row in rows)
        return rows


def run_inquiry(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("inquiry")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=1200)


@pytest.fixture(scope="session")
def record(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Load everything into an empty folder, as on a new machine, and end the server after the last test."""
    data_dir = tmp_path_factory.mktemp("record") / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_") or "PORT" in name}
    environment = {
        **kept,
        "INQUIRY_DATA_DIR": str(data_dir),
        "INQUIRY_DATA": str(shared_data),
        "INQUIRY_HEAP": "1g",
        "INQUIRY_PAGE_CACHE": "512m",
        "NO_COLOR": "1",
    }
    try:
        loaded = run_inquiry(environment, "load", "--all", "--json")
        assert loaded.returncode == 0, loaded.stderr
        with connect(Settings.model_construct(data_dir=data_dir), start=False) as connection:
            yield Record(environment, connection, json.loads(loaded.stdout)["loads"])
    finally:
        run_inquiry(environment, "down")
