"""What a request may be, before anything reads it."""

from __future__ import annotations

import logging
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Kind, reply

__all__ = ["Limits"]

LONGEST_ADDRESS: Final = 8_000
LARGEST_BODY: Final = 1_000_000
_log = logging.getLogger(__name__)


class Limits:
    """Refuses long addresses, large bodies and other hosts.

    What fails through a fault of ours ends here too, so that its reply carries the id that the log has.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None = None) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        kind = self._refusal(scope)
        if kind is not None:
            await reply(kind, kind.meaning)(scope, receive, send)
            return
        try:
            await self._app(scope, _counted(receive), answer)
        except Exception:
            route = getattr(scope.get("route"), "path", "(no route)")
            _log.exception("%s %s failed, request %s", scope["method"], route, scope["state"]["request"])
            if begun:
                raise
            await reply(Kind.FAILED, Kind.FAILED.meaning)(scope, receive, send)

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
