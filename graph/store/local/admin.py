"""Neo4j's own administration tool (`neo4j-admin`), run from the same jars as the server."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from graph.errors import LocalServerError
from graph.store.local.configuration import ADMIN_TOOL, Memory, java_arguments, quote
from graph.store.local.jars import Distribution

__all__ = ["run_admin_tool"]


def run_admin_tool(
    java: Path,
    distribution: Distribution,
    memory: Memory,
    home: Path,
    arguments: Sequence[str],
    *,
    file: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> str:
    """Run the tool on the data folder `home` and return what it printed; raises LocalServerError where it fails.

    `tell` gets each line when it is printed. The arguments go through `file`, which only the user can read and which is
    removed afterwards: a password on a command line would be seen by everybody on the machine.
    """
    words = [*java_arguments(distribution.class_path, memory), ADMIN_TOOL, *arguments]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write("\n".join(quote(word) for word in words))
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    printed: list[str] = []
    try:
        with (
            TemporaryFile("w+", encoding="utf-8") as complaints,
            subprocess.Popen(  # noqa: S603
                [str(java), f"@{file}"],
                env=environment,
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
            ) as process,
        ):
            for line in process.stdout or ():
                printed.append(line)
                tell(line)
            returned = process.wait()
            complaints.seek(0)
            complained = complaints.read()
    except OSError as error:
        raise LocalServerError(f"Java cannot be run: {error.strerror}", where=str(java)) from error
    finally:
        file.unlink(missing_ok=True)
    if returned != 0:
        said = (complained or "".join(printed)).strip()
        raise LocalServerError(f"neo4j-admin {' '.join(arguments[:2])} failed: {said}")
    return "".join(printed)
