"""A server of the benchmark's own: a data folder that is removed afterwards, the jars of the user's cache."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer

__all__ = ["HEAP", "PAGE_CACHE", "Served", "fresh_server", "own_settings", "serving_command"]

HEAP = "2g"
PAGE_CACHE = "1g"


def own_settings(data_dir: Path) -> Settings:
    """Lead to a local server in this folder, whatever the environment says; a port in use is replaced."""
    plain = Settings.model_construct()
    return Settings(
        neo4j_uri=None,
        neo4j_database="neo4j",
        neo4j_home=None,
        neo4j_jars=None,
        data_dir=data_dir,
        cache_dir=plain.cache_dir,
        heap=HEAP,
        page_cache=PAGE_CACHE,
    )


@contextmanager
def fresh_server() -> Iterator[tuple[Connection, Settings]]:
    """A connection to a new, empty server, which ends with the `with`."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        settings = own_settings(Path(folder) / "data")
        server = LocalServer(settings)
        server.up()
        try:
            with connect(settings, start=False) as connection:
                yield connection, settings
        finally:
            server.down()


@dataclass
class Served:
    """Where `inquiry serve` answers, and what it took at the most once it has ended."""

    address: str
    megabytes: float = 0.0


@contextmanager
def serving_command(settings: Settings, **more: str) -> Iterator[Served]:
    """`inquiry serve` on the server of the settings, as users run it, with these settings more."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    names = {"DATA_DIR": str(settings.data_dir), "CACHE_DIR": str(settings.cache_dir), "API_LOG": "off"} | more
    environment = {**kept, "INQUIRY_HEAP": HEAP, "INQUIRY_PAGE_CACHE": PAGE_CACHE}
    environment |= {f"INQUIRY_{name}": value for name, value in names.items()}
    command = [str(Path(sys.executable).with_name("inquiry")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    served = Served(f"http://127.0.0.1:{port}")
    try:
        _wait_for(served.address)
        yield served
    finally:
        process.send_signal(signal.SIGINT)
        _, _, used = os.wait4(process.pid, 0)
        served.megabytes = used.ru_maxrss / 1024


def _wait_for(address: str) -> None:
    while True:
        try:
            httpx2.get(f"{address}/healthz")
        except httpx2.ConnectError:
            time.sleep(0.1)
        else:
            return
