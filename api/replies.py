"""Answers as replies: JSON, CSV or NDJSON, with a tag by which an unchanged one is not sent again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version as installed_version
from typing import Any, NamedTuple

from anyio import CancelScope, to_thread
from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.problems import Kind, ProblemError
from graph.exports.rows import csv_lines
from graph.queries import Answer, flat_row
from graph.store.connection import Connection, Row
from graph.store.statements import statement

__all__ = [
    "Form",
    "Version",
    "cached",
    "chosen_form",
    "headers_of",
    "next_page",
    "read_version",
    "settled_tag",
    "streamed_reply",
    "tag_of",
]


class Form(StrEnum):
    """How an answer is written."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"

    @property
    def media_type(self) -> str:
        """What `Content-Type` says."""
        return _MEDIA_TYPES[self]


_PIECE = 64_000
"""Characters."""
_SOFTWARE = installed_version("inquiry-graph")
_WEIGHT = re.compile(r"[01](\.\d{1,3})?")
_MEDIA_TYPES = {Form.JSON: "application/json", Form.CSV: "text/csv", Form.NDJSON: "application/x-ndjson"}


def chosen_form(request: Request, given: Form | None) -> Form:
    """The form that `format` names, or else the first that `Accept` takes; JSON where it takes anything.

    Raises ProblemError where it takes none of them.
    """
    if given is not None:
        return given
    accepted = _accepted(request)
    for wanted in _wanted(accepted):
        for form in Form:
            if wanted in ("*/*", form.media_type, f"{form.media_type.partition('/')[0]}/*"):
                return form
    raise ProblemError(Kind.NOT_ACCEPTABLE, f"{accepted[:200]} is none of the forms of an answer")


def _accepted(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept")) or "*/*"


def _wanted(accepted: str) -> list[str]:
    """The media types that are accepted, the most wanted first."""
    found = []
    for part in accepted.lower().split(","):
        name, *options = (word.strip() for word in part.split(";"))
        weight = next((word.removeprefix("q=") for word in options if word.startswith("q=")), "1")
        found.append((float(weight) if _WEIGHT.fullmatch(weight) else 0.0, name))
    return [name for weight, name in sorted(found, key=lambda item: -item[0]) if weight > 0]


class Version(NamedTuple):
    """What changes with every load."""

    loads: list[list[str | None]]
    began: datetime | None
    """When the load that is at work began; none where none is."""
    is_restored: bool

    @property
    def before(self) -> datetime | None:
        """The last moment before the load that is at work: until that ends, half of it is there."""
        return self.began - timedelta(microseconds=1) if self.began is not None else None


def read_version(connection: Connection) -> Version:
    """The version of the graph."""
    row = connection.read(statement("graph_version"))[0]
    began = row["began"].to_native() if row["began"] is not None else None
    return Version(row["loads"], began, row["is_restored"])


def tag_of(version: Version, request: Request, *asked: str) -> str:
    """A strong tag over the version of the graph and what is asked.

    An answer to which no day is given is about today, so the day counts too.
    """
    today = datetime.now(UTC).date().isoformat()
    parts = [_SOFTWARE, version.loads, request.url.path, request.url.query, _accepted(request), today, asked]
    return f'"{sha256(json.dumps(parts).encode()).hexdigest()[:32]}"'


def settled_tag(version: Version, request: Request) -> str | None:
    """The tag of what is read from the graph as it is; none while a load changes that."""
    return None if version.began is not None or version.is_restored else tag_of(version, request)


def cached(request: Request, tag: str | None) -> Response | None:
    """A reply without a body where the one who asks has the answer already."""
    known = ",".join(request.headers.getlist("if-none-match")).split(",")
    if tag is None or not {tag, "*"} & {part.strip().removeprefix("W/") for part in known}:
        return None
    return Response(status_code=304, headers=headers_of(tag))


def headers_of(tag: str | None) -> dict[str, str]:
    """How long a reply may be kept."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"} if tag else {"Cache-Control": "no-store"}


def next_page(request: Request, cursor: str) -> dict[str, str]:
    """Where an answer goes on: the cursor, and for what was asked by GET the address."""
    headers = {"Inquiry-Cursor": cursor}
    if request.method == "GET":
        address = request.url.include_query_params(cursor=cursor)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return headers


def streamed_reply(
    form: Form,
    head: Answer,
    rows: Iterator[Row],
    columns: Sequence[str],
    *,
    headers: Mapping[str, str],
    held: ExitStack,
) -> Response:
    """Rows alone (CSV, NDJSON) as they come from Neo4j; `held` is let go when the last is sent or nobody listens."""
    lines = csv_lines(map(flat_row, rows), columns) if form is Form.CSV else _json_lines(rows)
    told = {**headers, **_told(head.model_dump(mode="json"))}
    return _Streamed(_pieces(lines), headers=told, media_type=form.media_type, held=held)


class _Streamed(StreamingResponse):
    """A reply that holds something open while it is sent."""

    def __init__(self, content: Iterator[str], *, held: ExitStack, **more: Any) -> None:
        super().__init__(content, **more)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Whoever goes away in the middle cancels this, and what is held must be let go all the same.
            with CancelScope(shield=True):
                await to_thread.run_sync(self._held.close)


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Lines in pieces of some size: each piece is a message, and a change of threads."""
    piece: list[str] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= _PIECE:
            yield "".join(piece)
            piece, size = [], 0
    if piece:
        yield "".join(piece)


def _told(answer: Mapping[str, Any]) -> dict[str, str]:
    """What an answer says beside its rows, as headers."""
    return {
        "Inquiry-Limit": str(answer["limit"]),
        "Inquiry-Total": str(answer["total"]["value"]),
        "Inquiry-Truncated": "true" if answer["truncated"] else "false",
    }


def _json_lines(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"
