"""The API as a process, and while Neo4j goes away and comes back."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.keys import add_key
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.local import LocalServer
from serving import command_serving, serving, wait_for


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Lead to a server of this test alone, which may be stopped."""
    own = settings.model_copy(update={"data_dir": tmp_path / "data", "heap": "512m", "page_cache": "64m"})
    yield own
    LocalServer(own).down()


@pytest.mark.fuzz
def test_neo4j_goes_away_and_comes_back(own: Settings) -> None:
    LocalServer(own).up()
    with serving(own) as client:
        assert client.get("/readyz").json()["missing"] == ["the graph is empty"]
        asked = "/v1/entities?q=council"
        assert client.get(asked).status_code == 200
        LocalServer(own).down()
        for _ in range(2):
            reply = client.get(asked)
            assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
            assert int(reply.headers["retry-after"]) > 0
            assert str(own.data_dir) not in reply.text
        assert client.get("/healthz").status_code == 200
        LocalServer(own).up()
        assert client.get(asked).status_code == 200


@pytest.mark.usefixtures("connection")
def test_the_command_serves_until_it_is_told_to_stop(environment: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("inquiry")), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert wait_for(f"http://127.0.0.1:{port}/healthz") == {"status": "ok"}
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
        told = process.stderr.read() if process.stderr else ""
    assert f"http://127.0.0.1:{port}/v1/queries" in told
    assert "Traceback" not in told


def test_other_addresses_only_on_purpose(environment: dict[str, str], connection: Connection) -> None:
    command = [str(Path(sys.executable).with_name("inquiry")), "serve", "--host", "0.0.0.0"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (refused.returncode, "--public" in refused.stderr, "inquiry keys new" in refused.stderr) == (2, True, True)


def test_with_keys_other_addresses_may_ask(environment: dict[str, str], connection: Connection, tmp_path: Path) -> None:
    keys, log = tmp_path / "keys.json", tmp_path / "access.log"
    key = add_key(keys, "press")
    more = {"INQUIRY_API_KEYS_FILE": str(keys), "INQUIRY_API_LOG": str(log)}
    with command_serving({**environment, **more}, tmp_path, "--host", "0.0.0.0") as address:
        asked = {"Host": "graph.example"}
        assert httpx2.get(f"{address}/v1/schema", headers=asked).status_code == 401
        assert httpx2.get(f"{address}/v1/schema", headers={**asked, "X-API-Key": key}).status_code == 200
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["route"], line["status"], line["key"]) for line in lines if line["route"] != "/healthz"] == [
        (None, 401, None),
        ("/v1/schema", 200, "press"),
    ]
    assert key not in log.read_text()
