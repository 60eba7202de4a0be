"""One HTTP request for a file: to the address described and to no other, and what its answer says of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from graph.errors import FetchError

if TYPE_CHECKING:
    import httpx2

__all__ = ["Again", "Validators", "Wanted", "announced_range", "asked", "new_client"]

_CONNECT_SECONDS: Final = 10.0
_SILENT_SECONDS: Final = 30.0
"""A server that sends nothing for so long is given up."""
_LONGEST_WAIT: Final = 60.0
"""Where a server asks to wait longer, waiting is left to the person."""
_MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True)
class Wanted:
    """A file that is wanted: where it is, where else its address may lead, and what it must be."""

    file: str
    address: str
    redirects: frozenset[str]
    largest: int
    """In bytes."""
    checksum: str | None = None
    """Its SHA-256, where the description knows it."""


class Validators(NamedTuple):
    """By what a server tells one version of a file from another."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def strong(self) -> str | None:
        """What may stand in `If-Range`: a weak ETag does not promise the same bytes."""
        if self.etag is not None and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    @property
    def headers(self) -> dict[str, str]:
        """Asks for the file only if it is another one."""
        return {
            name: value
            for name, value in (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
            if value is not None
        }


class Again(Exception):
    """The request did not bring the file, but the next one may; `after` are the seconds that the server asks for."""

    def __init__(self, reason: str, *, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


def new_client(*, trust_environment: bool = True) -> httpx2.Client:
    """A client that follows no redirect by itself and takes files as they lie on the server."""
    import httpx2

    return httpx2.Client(
        follow_redirects=False,
        timeout=httpx2.Timeout(_SILENT_SECONDS, connect=_CONNECT_SECONDS),
        headers={
            "User-Agent": f"inquiry-graph/{installed_version('inquiry-graph')}",
            "Accept-Encoding": "identity",
        },
        trust_env=trust_environment,
    )


@contextmanager
def asked(client: httpx2.Client, wanted: Wanted, headers: Mapping[str, str]) -> Iterator[httpx2.Response]:
    """The answer to a request, after the redirects that the description allows; its body is not read yet.

    Raises Again for what may pass, and FetchError for a refusal or an address that leads elsewhere.
    """
    import httpx2

    url = httpx2.URL(wanted.address)
    for _ in range(_MOST_REDIRECTS + 1):
        try:
            with client.stream("GET", url, headers=dict(headers)) as response:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    _check_status(response, wanted)
                    yield response
                    return
                url = _next_url(wanted, url, response.headers["location"])
        except (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.ProxyError) as error:
            raise Again(_told(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise FetchError(f"the address cannot be used: {error}", where=wanted.address) from error
    raise FetchError("the address leads in a circle", where=wanted.address)


def _next_url(wanted: Wanted, url: httpx2.URL, location: str) -> httpx2.URL:
    target = url.join(location)
    first = urlsplit(wanted.address)
    is_safe = target.scheme == "https" or (target.scheme == first.scheme == "http" and target.host in _LOOPBACK)
    same_place = (target.host, target.port) == (url.host, url.port) and target.host == first.hostname
    if not is_safe or not (same_place or target.host in wanted.redirects):
        raise FetchError(
            f"the address leads on to {target.scheme}://{target.host}, which the description does not allow",
            where=wanted.address,
            hint="nothing was fetched from there; look at the address yourself, and bring the file by hand",
        )
    return target


def _check_status(response: httpx2.Response, wanted: Wanted) -> None:
    status = response.status_code
    if status in {200, 206, 304, 416}:
        return
    told = f"{status} {response.reason_phrase}".strip()
    if status in _PASSING:
        after = _seconds(response.headers.get("retry-after"))
        if after <= _LONGEST_WAIT:
            raise Again(f"the server answers {told}", after=after)
        raise FetchError(f"the server answers {told} and asks to wait {after:,.0f} seconds", where=wanted.address)
    if status in {404, 410}:
        raise FetchError(
            f"the file is not at its address ({told})",
            where=wanted.address,
            hint="the publisher has moved or removed it; get it by hand",
        )
    raise FetchError(f"the server answers {told}", where=wanted.address, hint="get the file by hand")


def _seconds(retry_after: str | None) -> float:
    """What `Retry-After` asks for, in seconds; a date counts from the clock of this machine."""
    if retry_after is None:
        return 0.0
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def announced_range(response: httpx2.Response) -> tuple[int, int | None] | None:
    """Where the part that a 206 brings begins, and how long the whole file is, if that is told."""
    match = _RANGE.fullmatch(response.headers.get("content-range", ""))
    return None if match is None else (int(match[1]), None if match[3] == "*" else int(match[3]))


def _told(error: Exception) -> str:
    words = str(error) or type(error).__name__
    return f"the connection failed: {words}"
