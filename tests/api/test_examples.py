"""The examples of the page run as they are printed, on the audit and the answer to it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from graph.commands.load import seed_requests
from graph.store.connection import Connection
from graph.store.writer import write_load

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "ask-over-http.md"
ADDRESS = "http://127.0.0.1:8765"


@pytest.fixture
def audit(clean_graph: Connection) -> None:
    for request in seed_requests(["casey-audit-2025"]):
        write_load(clean_graph, request)
    clean_graph.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def example(language: str, client: httpx2.Client) -> str:
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    assert ADDRESS in blocks[0]
    return blocks[0].replace(ADDRESS, str(client.base_url).rstrip("/"))


@pytest.mark.usefixtures("audit")
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_example_for_curl(client: httpx2.Client) -> None:
    said = subprocess.run(["bash", "-c", example("bash", client)], capture_output=True, text=True, check=True).stdout
    assert [bool(row["evidence"]) for row in json.loads(said)["rows"]] == [True] * 3


@pytest.mark.usefixtures("audit")
def test_the_example_in_python(client: httpx2.Client) -> None:
    command = [sys.executable, "-c", example("python", client)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) >= 10
    assert all(line.startswith("recommendation:casey-audit-2025-") and " | " in line for line in lines)


@pytest.mark.usefixtures("audit")
@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_example_in_javascript_says_the_same_as_that_in_python(client: httpx2.Client) -> None:
    javascript = ["node", "--input-type=module", "-e", example("javascript", client)]
    python = [sys.executable, "-c", example("python", client)]
    said = [subprocess.run(it, capture_output=True, text=True, check=True).stdout for it in (javascript, python)]
    assert said[0] == said[1] != ""
