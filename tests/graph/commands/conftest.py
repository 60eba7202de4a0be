"""The installed command `inquiry`, run in a process of its own on the server of the test run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.connection import Connection


@pytest.fixture
def environment(settings: Settings, connection: Connection) -> dict[str, str]:
    """The environment of a user whose data folder is that of the test server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    return {**kept, "INQUIRY_DATA_DIR": str(settings.data_dir), "NO_COLOR": "1", "COLUMNS": "120"}


@pytest.fixture
def inquiry(environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command; `stdin` is typed into it."""

    def run(*arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).with_name("inquiry")), *arguments]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            env={**environment, **more},
            cwd=tmp_path,
            check=False,
            timeout=120,
        )

    return run
