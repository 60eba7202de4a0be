"""The API on a real server: in a thread of the test run, or as the command."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import uvicorn

from api.app import create_app
from graph.settings import Settings


@contextmanager
def serving(settings: Settings, *, is_public: bool = False) -> Iterator[httpx2.Client]:
    """Run the API on a free port, and give a client of it."""
    app = create_app(settings, is_public=is_public)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(timeout=30)


@contextmanager
def command_serving(environment: dict[str, str], folder: Path, *options: str) -> Iterator[str]:
    """Run `inquiry serve` until it answers, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("inquiry")), "serve", "--port", str(port), *options]
    with subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.DEVNULL) as process:
        try:
            assert wait_for(f"http://127.0.0.1:{port}/healthz") == {"status": "ok"}
            yield f"http://127.0.0.1:{port}"
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()


def wait_for(address: str) -> object:
    for _ in range(1_200):
        try:
            return httpx2.get(address).json()
        except httpx2.ConnectError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
