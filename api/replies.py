"""Answers as replies: JSON, CSV or NDJSON, with a tag by which an unchanged one is not sent again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from api.problems import Kind, ProblemError
from graph.exports.rows import csv_lines
from graph.store.connection import Connection, Row
from graph.store.statements import statement

__all__ = ["Form", "cached", "chosen_form", "rows_reply", "tag_of"]


class Form(StrEnum):
    """How an answer is written."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"

    @property
    def media_type(self) -> str:
        """What `Content-Type` says."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {Form.JSON: "application/json", Form.CSV: "text/csv", Form.NDJSON: "application/x-ndjson"}


def chosen_form(request: Request, given: Form | None) -> Form:
    """The form that `format` names, or else the first that `Accept` takes; JSON where it takes anything.

    Raises ProblemError where it takes none of them.
    """
    if given is not None:
        return given
    accepted = request.headers.get("accept") or "*/*"
    for part in accepted.split(","):
        wanted = part.partition(";")[0].strip().lower()
        for form in Form:
            if wanted in ("*/*", form.media_type, f"{form.media_type.partition('/')[0]}/*"):
                return form
    raise ProblemError(Kind.NOT_ACCEPTABLE, f"{accepted[:200]} is none of the forms of an answer")


def tag_of(connection: Connection, request: Request, body: bytes = b"") -> str | None:
    """A strong tag over the version of the graph and what is asked; none while a load is at work.

    An answer to which no day is given is about today, so the day counts too.
    """
    version = connection.read(statement("graph_version"))[0]
    if version["is_changing"]:
        return None
    asked = [
        version["loads"],
        request.url.path,
        sorted(request.query_params.multi_items()),
        request.headers.get("accept"),
        datetime.now(UTC).date().isoformat(),
    ]
    return f'"{sha256(json.dumps(asked).encode() + body).hexdigest()[:32]}"'


def cached(request: Request, tag: str | None) -> Response | None:
    """A reply without a body where the one who asks has the answer already."""
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers=_headers(tag)) if tag is not None and tag in known else None


def _headers(tag: str | None) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"} if tag else {"Cache-Control": "no-store"}


def rows_reply(
    form: Form,
    answer: Mapping[str, Any],
    flat_rows: Iterable[Row],
    columns: Sequence[str],
    *,
    tag: str | None = None,
) -> Response:
    """An answer with its `rows`; where these come alone (CSV, NDJSON), the headers say how many there are in all."""
    if form is Form.JSON:
        return JSONResponse(answer, headers=_headers(tag))
    headers = {
        **_headers(tag),
        "Inquiry-Limit": str(answer["limit"]),
        "Inquiry-Total": str(answer["total"]["value"]),
        "Inquiry-Truncated": "true" if answer["truncated"] else "false",
    }
    lines = csv_lines(flat_rows, columns) if form is Form.CSV else _json_lines(answer["rows"])
    return StreamingResponse(lines, headers=headers, media_type=form.media_type)


def _json_lines(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"
