"""The API on a real server, in a thread of the test run."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

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
