"""Named queries over HTTP: one question, one page of its answer, pinned to one state of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.cursors import Cursor, key_of
from api.links import links_of_rows
from api.models import Asking, answer_model
from api.problems import Kind, ProblemError, documented
from api.replies import Form, Version, cached, chosen_form, headers_of, next_page, read_version, streamed_reply, tag_of
from api.store import Graph
from graph.queries import Answer, NamedQuery, Times, ask, ask_streaming
from graph.store.connection import Connection, Row

__all__ = ["LONGEST_JSON", "PROBLEMS", "Question", "answer_reply", "answered"]

LONGEST_JSON: Final = 10_000
"""Rows of an answer that is made whole before it is sent."""
_LONGEST_STREAM: Final = 600.0
"""Seconds: whoever reads rows slowly keeps their query open."""

PROBLEMS = documented(Kind.INVALID_PARAMETER, Kind.AMBIGUOUS_NAME, Kind.NOT_ACCEPTABLE, Kind.QUERY_STOPPED)


def answered(query: NamedQuery) -> dict[str, Any]:
    """The answer of a named query in its forms, for its description, with links to what one may ask next."""
    return {
        "model": answer_model(query),
        "description": "Rows with their evidence",
        "content": {form.media_type: {"schema": {"type": "string"}} for form in (Form.CSV, Form.NDJSON)},
        "links": links_of_rows(query),
    }


@dataclass(frozen=True)
class Question:
    """A named query with its parameters as they were given, and what one may say of any question."""

    query: NamedQuery
    given: Mapping[str, Any]
    asked: Asking

    @property
    def key(self) -> str:
        """What tells it from other questions; the form and the size of the page do not."""
        given = repr(sorted(self._texts.items()))
        return key_of(self.query.name, given, self.asked.model_dump_json(include={*Asking.model_fields} - _OF_THE_PAGE))

    @property
    def _texts(self) -> dict[str, str]:
        """The queries read their parameters themselves, as one types them."""
        return {name: _as_text(value) for name, value in self.given.items() if value is not None}

    def answer(self, connection: Connection, page: Cursor, times: Times, timeout: float | None) -> Answer:
        """One page."""
        return ask(connection, self.query, self._texts, times=times, timeout=timeout, **self._of_page(page))

    def stream(self, connection: Connection, page: Cursor) -> AbstractContextManager[tuple[Answer, Iterator[Row]]]:
        """One page, its rows as Neo4j gives them."""
        times = self.pinned(page)
        return ask_streaming(
            connection, self.query, self._texts, times=times, timeout=_LONGEST_STREAM, **self._of_page(page)
        )

    def pinned(self, page: Cursor) -> Times:
        """The times asked about, at the state of the graph that all pages are of."""
        return self.asked.times.model_copy(update={"recorded_at": page.recorded_at})

    def _of_page(self, page: Cursor) -> dict[str, Any]:
        return {
            "include_unchecked": self.asked.include_unchecked,
            "limit": self.asked.limit,
            "skip": page.skip,
            "today": page.today,
        }


_OF_THE_PAGE = {"cursor", "format", "limit"}


def answer_reply(
    graph: Graph,
    request: Request,
    question: Question,
    elsewhere: Callable[[Connection], Response | None] = lambda _: None,
) -> Response:
    """The answer as a reply; `elsewhere` may have another one, for an entity that is not where it is asked about."""
    form = chosen_form(request, question.asked.format)
    _check_length(form, question.asked.limit)
    with ExitStack() as held:
        connection = held.enter_context(graph.connection())
        version = read_version(connection)
        has_tag = request.method == "GET" and not version.is_restored
        tag = tag_of(version, request, question.query.model_dump_json()) if has_tag else None
        if (known := cached(request, tag)) is not None:
            return known
        if (other := elsewhere(connection)) is not None:
            return other
        page = _page(question, version)
        if form is not Form.JSON:
            head, rows = held.enter_context(question.stream(connection, page))
            tag = tag if read_version(connection) == version else None
            headers = headers_of(tag) | _next(request, head, page, question.asked.limit)
            return streamed_reply(form, head, rows, question.query.flat_columns, headers=headers, held=held.pop_all())
        answer, is_of_version = _answer(connection, question, page, version, graph.settings.query_timeout)
    headers = headers_of(tag if is_of_version else None) | _next(request, answer, page, len(answer.rows))
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)


def _check_length(form: Form, limit: int) -> None:
    if form is Form.JSON and limit > LONGEST_JSON:
        raise ProblemError(
            Kind.INVALID_PARAMETER,
            f"as JSON an answer has at most {LONGEST_JSON} rows at once",
            parameter="limit",
            hint="ask for CSV or NDJSON, or page by page",
        )


def _next(request: Request, answer: Answer, page: Cursor, shown: int) -> dict[str, str]:
    """Where the answer goes on, if it does."""
    if not answer.truncated:
        return {}
    return next_page(request, page.model_copy(update={"skip": page.skip + shown}).text)


def _page(question: Question, version: Version) -> Cursor:
    """Where the answer goes on, or where it begins: now, or before the load that is at work."""
    if question.asked.cursor is not None:
        return Cursor.read(question.asked.cursor, question.key)
    return Cursor.first(question.key, question.asked.times.recorded_at, version.before)


def _answer(
    connection: Connection, question: Question, page: Cursor, version: Version, timeout: float | None
) -> tuple[Answer, bool]:
    """One page, and whether it is of that version of the graph.

    Where a load begins or ends meanwhile, the answer may be of both graphs, and other pages could not follow it: then
    it is asked again, of the graph before.
    """
    pinned = question.pinned(page)
    is_pinned = question.asked.cursor is not None or version.before is not None
    answer = question.answer(connection, page, pinned if is_pinned else question.asked.times, timeout)
    if read_version(connection) == version:
        return answer, True
    return (answer if is_pinned else question.answer(connection, page, pinned, timeout)), False


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
