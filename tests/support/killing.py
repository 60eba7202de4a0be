"""A command on a data folder of its own, that is killed when it says that it is somewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psutil

from graph.settings import Settings
from graph.store.local import LocalServer

__all__ = ["Machine", "write_fact_file"]

_DOCUMENT = """\
document: {{id: document:{name}, title: Report {name}, form: report, published: 2024-03-01}}
says:
  - {{entity: body:{name}-0, at: page 1, name: Body {name}}}
"""
_BODY = """\
  - {{entity: body:{name}-{number}, at: page {number}, name: Body {name} {number}, part_of: body:{name}-0}}
"""


def write_fact_file(folder: Path, name: str, bodies: int) -> str:
    """Write a fact file about so many bodies, and give its path."""
    path = folder / f"{name}.yaml"
    more = "".join(_BODY.format(name=name, number=number) for number in range(1, bodies))
    path.write_text(_DOCUMENT.format(name=name) + more)
    return str(path)


class Machine:
    """A data folder of its own, with a small server; the jars are in `cache`."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.settings = Settings(
            data_dir=folder / "data", cache_dir=cache, heap="512m", page_cache="64m", neo4j_uri=None
        )

    def run_code(self, code: str, *arguments: str, until: tuple[str, int] | None = None, **more: str) -> Counter[str]:
        """Run Python code that prints `at PHASE`, and give how often it was in each phase.

        It is killed when it is in the phase `until` for so many times. `more` are variables of its environment.
        """
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")},
            "INQUIRY_DATA_DIR": str(self.settings.data_dir), "INQUIRY_CACHE_DIR": str(self.settings.cache_dir),
            "INQUIRY_HEAP": "512m", "INQUIRY_PAGE_CACHE": "64m", **more,
        }  # fmt: skip
        seen: Counter[str] = Counter()
        with subprocess.Popen(
            [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("at "):
                    seen[line.split()[1]] += 1
                if until is not None and seen[until[0]] >= until[1]:
                    process.kill()
                    return seen
        assert process.returncode == 0
        assert until is None, f"it was over before it was at {until[0]} for the {until[1]}. time: {seen}"
        return seen

    def kill_server(self) -> None:
        mark = f"--home-dir={self.settings.data_dir}"
        servers = [process for process in psutil.process_iter(["cmdline"]) if mark in (process.info["cmdline"] or [])]
        for server in servers:
            server.kill()
        psutil.wait_procs(servers, timeout=30)

    def throw_away(self) -> None:
        self.kill_server()
        LocalServer(self.settings).down()
        shutil.rmtree(self.folder)
