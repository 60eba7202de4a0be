"""What every reply carries whoever makes it: the id of its request and headers for browsers; and a line in the log."""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["ACCESS", "Envelope"]

ACCESS: Final = "api.access"
"""The logger that gets one line of JSON for each request."""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Data needs nothing; a page brings a policy of its own.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_access = logging.getLogger(ACCESS)


class Envelope:
    """Gives each request an id, answers HEAD as GET, and notes what was asked of which route.

    The log has the route with its placeholders, and neither path nor parameters: they say whom somebody asked about.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        request = uuid4().hex[:16]
        is_head = scope["method"] == "HEAD"
        inner = {
            **scope,
            "method": "GET" if is_head else scope["method"],
            "state": {**scope.get("state", {}), "request": request},
        }
        status, sent = 0, 0

        async def answer(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            elif is_head:
                message = {**message, "body": b""}
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(inner, receive, answer)
        finally:
            _note(inner, scope["method"], status, sent, time.perf_counter() - begun)


def _note(scope: Scope, method: str, status: int, sent: int, seconds: float) -> None:
    if not _access.isEnabledFor(logging.INFO):
        return
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "request": scope["state"]["request"],
        "method": method,
        "route": getattr(scope.get("route"), "path", None),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "bytes": sent,
        "key": scope["state"].get("key"),
    }
    _access.info("%s", json.dumps(line))
