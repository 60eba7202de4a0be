"""What a request may be, before anything reads it; and what every reply carries."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Kind, reply

__all__ = ["Limits"]

LONGEST_ADDRESS: Final = 8_000
LARGEST_BODY: Final = 1_000_000
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


class _BodyTooLargeError(Exception):
    pass


class Limits:
    """Refuses long addresses and large bodies, and gives each request an id, which the reply carries too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = uuid4().hex[:16]
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _add_headers(message, scope["state"]["request_id"])
            await send(message)

        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            await reply(Kind.ADDRESS_TOO_LONG, Kind.ADDRESS_TOO_LONG.meaning)(scope, receive, answer)
            return
        if _stated_length(scope) > LARGEST_BODY:
            await reply(Kind.BODY_TOO_LARGE, Kind.BODY_TOO_LARGE.meaning)(scope, receive, answer)
            return
        try:
            await self._app(scope, _counted(receive), answer)
        except _BodyTooLargeError:
            if not begun:
                await reply(Kind.BODY_TOO_LARGE, Kind.BODY_TOO_LARGE.meaning)(scope, receive, answer)


def _stated_length(scope: Scope) -> int:
    text = dict(scope["headers"]).get(b"content-length", b"0")
    return int(text) if text.isdigit() else 0


def _counted(receive: Receive) -> Receive:
    """The body as it comes, as long as it is not too large; its stated length may be missing."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise _BodyTooLargeError
        return message

    return counted


def _add_headers(message: MutableMapping[str, Any], request: str) -> None:
    message["headers"] = [*message.get("headers", ()), *_HEADERS, (b"x-request-id", request.encode())]
