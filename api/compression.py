"""Pages and their files in a tenth of their size, for whoever takes gzip."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Compression"]

_LEVEL: Final = 5
"""vis-network, the largest file (469 kB), takes 25 to 30 ms to 125 kB; level 9 takes 50 ms to 123 kB."""


class Compression:
    """Compresses what people look at. Answers for programs go out as they are made.

    A page that is compressed is another sequence of bytes, so that its strong tag becomes a weak one (RFC 9110).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressing = GZipMiddleware(app, minimum_size=1_000, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/v1"):
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                tag = headers.get("etag", "")
                if "content-encoding" in headers and tag.startswith('"'):
                    headers["ETag"] = f"W/{tag}"
            await send(message)

        await self._compressing(scope, receive, answer)
