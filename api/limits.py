"""What a request may be, before anything reads it; and what every reply carries."""

from __future__ import annotations

import logging
from typing import Final
from uuid import uuid4

from starlette.exceptions import HTTPException
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
_log = logging.getLogger(__name__)


class Limits:
    """Refuses long addresses, large bodies and other hosts, gives each request an id, and answers HEAD as GET.

    What fails through a fault of ours ends here too, so that its reply carries the id that the log has.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None = None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = uuid4().hex[:16]
        is_head = scope["method"] == "HEAD"
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *_HEADERS, (b"x-request-id", request.encode())]
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        kind = self._refusal(scope)
        if kind is not None:
            await reply(kind, kind.meaning)(scope, receive, answer)
            return
        inner = {**scope, "method": "GET"} if is_head else scope
        try:
            await self._app(inner, _counted(receive), answer)
        except Exception:
            _log.exception("%s %s failed, request %s", scope["method"], scope["path"], request)
            if begun:
                raise
            await reply(Kind.FAILED, Kind.FAILED.meaning)(scope, receive, answer)

    def _refusal(self, scope: Scope) -> Kind | None:
        headers = dict(scope["headers"])
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return Kind.ADDRESS_TOO_LONG
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > LARGEST_BODY:
            return Kind.BODY_TOO_LARGE
        if self._hosts is not None and _name(headers.get(b"host", b"")) not in self._hosts:
            return Kind.OTHER_HOST
        return None


def _name(host: bytes) -> str:
    """The name in `Host`, without port and brackets."""
    text = host.decode("latin-1")
    return text[1:].partition("]")[0] if text.startswith("[") else text.partition(":")[0]


def _counted(receive: Receive) -> Receive:
    """The body as it comes, as long as it is not too large; its stated length may be missing."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise HTTPException(Kind.BODY_TOO_LARGE.status)
        return message

    return counted
