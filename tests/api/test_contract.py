"""The API beside its own description, tested by programs that nobody here wrote."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import httpx2
import pytest

from graph.commands.load import seed_requests
from graph.store.connection import Connection
from graph.store.writer import write_load

PROGRAMS = Path(sys.prefix) / "contract" / "bin"
"""Where `make test` sets them up."""
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance",
)  # fmt: skip
"""All but those on keys, and `positive_data_acceptance`: no schema can tell a cursor or a name that leads somewhere."""

SETTINGS = """\
request-timeout = 120
workers = 2
seed = 20261127
continue-on-failure = true
warnings = false

[generation]
database = "none"
no-shrink = true

[checks.negative_data_rejection]
expected-statuses = [400, 404, 405, 406, 409, 413, 414, 415, 422]
"""
"""An address or a body that is too long is refused, too; by default no client could be told so."""


def program(name: str) -> str:
    path = PROGRAMS / name
    if not path.exists():
        reason = f"{name} is not set up; `make test` does that"
        if os.environ.get("INQUIRY_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return str(path)


def run(*command: str, folder: Path, seconds: int = 300) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=seconds,
        env={**os.environ, "NO_COLOR": "1"},
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-8_000:]
    return said


@pytest.fixture(scope="module")
def audit(connection: Connection) -> Iterator[None]:
    """The audit and the answer to it, loaded once for this file."""
    connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
    for request in seed_requests(["casey-audit-2025"]):
        write_load(connection, request)
    connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    yield
    connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")


@pytest.fixture
def description(client: httpx2.Client, tmp_path: Path) -> Path:
    path = tmp_path / "openapi.json"
    path.write_text(client.get("/openapi.json").text, encoding="utf-8")
    return path


def test_the_description_is_valid(description: Path, tmp_path: Path) -> None:
    assert json.loads(description.read_text(encoding="utf-8"))["openapi"].startswith("3.1")
    run(program("openapi-spec-validator"), str(description), folder=tmp_path)


@pytest.mark.usefixtures("audit")
@pytest.mark.parametrize(
    ("phases", "each", "at_least"),
    [
        ("examples,fuzzing,stateful", 2, 200),
        pytest.param("examples,coverage,fuzzing,stateful", 250, 20_000, marks=pytest.mark.soak),
    ],
)
def test_generated_requests_get_documented_replies(
    phases: str, each: int, at_least: int, client: httpx2.Client, tmp_path: Path
) -> None:
    (tmp_path / "schemathesis.toml").write_text(SETTINGS, encoding="utf-8")
    said = run(
        program("schemathesis"), "run", f"{client.base_url}/openapi.json", "--phases", phases,
        "--checks", ",".join(CHECKS), "--max-examples", str(each), folder=tmp_path, seconds=3_000,
    )  # fmt: skip
    counted = re.search(r"([\d,]+) generated", said)
    assert counted is not None, said[-4_000:]
    assert int(counted[1].replace(",", "")) >= at_least


WALK = dedent(
    """\
    import sys
    sys.path.insert(0, sys.argv[1])
    from inquiry_graph_client import Client
    from inquiry_graph_client.api.entities import get_entity_claims, search_entities

    client = Client(base_url=sys.argv[2], raise_on_unexpected_status=True)
    found = search_entities.sync(client=client, q="national audit", kind="Inquiry")
    claims = get_entity_claims.sync(found.items[0].id, client=client)
    evidence = claims.claims[0].evidence[0]
    print(found.items[0].id, "|", evidence.document, "|", evidence.locator)
    """
)


@pytest.mark.usefixtures("audit")
def test_a_generated_client_walks_from_a_search_to_its_evidence(
    description: Path, client: httpx2.Client, tmp_path: Path
) -> None:
    folder = tmp_path / "inquiry_graph_client"
    run(
        program("openapi-python-client"), "generate", "--path", str(description), "--meta", "none",
        "--output-path", str(folder), folder=tmp_path,
    )  # fmt: skip
    script = tmp_path / "walk.py"
    script.write_text(WALK, encoding="utf-8")
    said = run(program("python"), str(script), str(tmp_path), str(client.base_url), folder=tmp_path)
    entity, document, locator = said.strip().split(" | ")
    assert entity == "inquiry:casey-audit-2025"
    assert document.startswith("document:")
    assert locator
