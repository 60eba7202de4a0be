"""Who may ask, and how often: keys where there are any, and a rate for each key or address."""

from __future__ import annotations

import math
import time
from base64 import b64decode
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.keys import Key, Keys
from api.problems import Kind, reply

__all__ = ["OPEN", "Access"]

OPEN: Final = frozenset({"/healthz", "/openapi.json", "/readyz", "/v1/problems"})
"""Whether it runs and how it is asked: without a key and uncounted, for whoever watches it or has none yet."""


class Access:
    """Refuses whoever has no key where keys are needed, and who asks more often than allowed.

    With `is_public` those who need no key are counted by their addresses; otherwise they are the machine's own user.
    """

    def __init__(self, app: ASGIApp, keys: Keys, rate: str, *, is_public: bool) -> None:
        self._app = app
        self._keys = keys
        self._rate = rate
        self._is_public = is_public
        self._counter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        key = None
        if self._keys.are_needed():
            secret = _secret(Headers(scope=scope))
            key = self._keys.find(secret) if secret else None
            if key is None:
                await _refuse(secret, scope, receive, send)
                return
            scope.setdefault("state", {})["key"] = key.name
        elif not self._is_public:
            await self._app(scope, receive, send)
            return
        await self._counted(key, scope, receive, send)

    async def _counted(self, key: Key | None, scope: Scope, receive: Receive, send: Send) -> None:
        rate = parse((key.rate if key is not None else None) or self._rate)
        who = ("key", key.name) if key is not None else ("address", str((scope.get("client") or ("",))[0]))
        is_allowed = self._counter.hit(rate, *who)
        reset, remaining = self._counter.get_window_stats(rate, *who)
        seconds = max(1, math.ceil(reset - time.time()))
        told = _headers(rate, remaining, seconds)
        if not is_allowed:
            refused = reply(Kind.TOO_OFTEN, f"at most {_words(rate)}", headers={**told, "Retry-After": str(seconds)})
            await refused(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        await self._app(scope, receive, answer)


def _secret(headers: Headers) -> str:
    """The key that is sent, if one is: a browser sends it as the password that it asks its user for."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        return _password(value.strip())
    return headers.get("x-api-key", "").strip()


def _password(credentials: str) -> str:
    """Of a name and a password as RFC 7617 has them; empty where they are not so."""
    try:
        return b64decode(credentials, validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


async def _refuse(secret: str, scope: Scope, receive: Receive, send: Send) -> None:
    # RFC 6750: without a key only the scheme is told, with one that is not known also that it is not.
    challenge = 'Bearer realm="inquiry"' + (', error="invalid_token"' if secret else "")
    if "text/html" in Headers(scope=scope).get("accept", ""):
        challenge += ', Basic realm="inquiry", charset="UTF-8"'
    detail = "this key is not known, or no longer" if secret else "a key is needed here"
    await reply(Kind.NO_KEY, detail, headers={"WWW-Authenticate": challenge})(scope, receive, send)


def _headers(rate: RateLimitItem, remaining: int, seconds: int) -> dict[str, str]:
    """As the draft of the IETF for rate limit headers has them (10, of September 2025)."""
    return {
        "RateLimit-Policy": f'"default";q={rate.amount};w={rate.get_expiry()}',
        "RateLimit": f'"default";r={remaining};t={seconds}',
    }


def _words(rate: RateLimitItem) -> str:
    return f"{rate.amount} requests in {rate.get_expiry()} seconds"
