"""Named queries: a route for each, made from its definition.

Annotations are read when the routes are made, for the parameters are models that are made then.
"""

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from api.cursors import Cursor, key_of
from api.models import Asking, answer_model, parameters_model
from api.problems import Kind, ProblemError, documented, hint_of
from api.replies import Form, cached, chosen_form, headers_of, read_version, streamed_reply, tag_of
from api.store import Graph
from graph.errors import QueryError
from graph.queries import Answer, Catalogue, NamedQuery, Times, ask, ask_streaming

__all__ = ["queries_router"]

LONGEST_JSON: Final = 10_000
"""Rows of an answer that is made whole before it is sent."""
_LONGEST_STREAM: Final = 600.0
"""Seconds: whoever reads rows slowly keeps their query open."""
_PROBLEMS = documented(Kind.INVALID_PARAMETER, Kind.AMBIGUOUS_NAME, Kind.NOT_ACCEPTABLE, Kind.QUERY_STOPPED)


class Listed(BaseModel):
    """A named query as the list has it."""

    name: str
    question: str
    parameters: list[dict[str, Any]]
    columns: list[dict[str, Any]]
    href: str


def queries_router(graph: Graph, catalogue: Catalogue) -> APIRouter:
    """`/v1/queries`, and each of them."""
    router = APIRouter(prefix="/v1/queries", tags=["queries"])

    @router.get("", summary="List the named queries", responses=documented())
    def list_queries() -> list[Listed]:
        return [
            Listed(
                name=query.name,
                question=query.question,
                parameters=[parameter.model_dump() for parameter in query.parameters],
                columns=[column.model_dump() for column in query.columns],
                href=f"/v1/queries/{query.name}",
            )
            for query in catalogue
        ]

    for query in catalogue:
        _add(router, graph, query)

    @router.api_route("/{name}", methods=["GET", "POST"], include_in_schema=False)
    def no_such_query(name: str) -> None:
        try:
            catalogue[name]
        except QueryError as error:
            raise ProblemError(Kind.NO_SUCH_QUERY, error.message, hint=hint_of(error)) from error

    return router


def _add(router: APIRouter, graph: Graph, query: NamedQuery) -> None:
    parameters = parameters_model(query)
    about: dict[str, Any] = {
        "summary": query.question,
        "responses": {
            200: {
                "model": answer_model(query),
                "description": "Rows with their evidence",
                "content": {Form.CSV.media_type: {"schema": {"type": "string"}},
                            Form.NDJSON.media_type: {"schema": {"type": "string"}}},
            },
            **_PROBLEMS,
        },
        "response_class": Response,
    }  # fmt: skip
    of_get = {**about, "responses": {**about["responses"], 304: {"description": "The answer has not changed"}}}

    @router.get(f"/{query.name}", operation_id=f"get-{query.name}", **of_get)
    def get(request: Request, asked: Annotated[parameters, Query()]) -> Response:  # type: ignore[valid-type]
        return _answer(graph, query, request, asked)

    @router.post(f"/{query.name}", operation_id=f"post-{query.name}", **about)
    def post(request: Request, asked: Annotated[parameters, Body()]) -> Response:  # type: ignore[valid-type]
        return _answer(graph, query, request, asked)


def _answer(graph: Graph, query: NamedQuery, request: Request, asked: Asking) -> Response:
    form = chosen_form(request, asked.format)
    if form is Form.JSON and asked.limit > LONGEST_JSON:
        raise ProblemError(
            Kind.INVALID_PARAMETER,
            f"as JSON an answer has at most {LONGEST_JSON} rows at once",
            parameter="limit",
            hint="ask for CSV or NDJSON, or page by page",
        )
    given = {parameter.name: _as_text(getattr(asked, parameter.name)) for parameter in query.parameters}
    key = key_of(query.name, asked.model_dump_json(exclude={"cursor", "format", "limit"}))
    with ExitStack() as held:
        connection = held.enter_context(graph.connection())
        version = read_version(connection)
        has_tag = request.method == "GET" and not version.is_restored
        tag = tag_of(version, request, query.model_dump_json()) if has_tag else None
        if (known := cached(request, tag)) is not None:
            return known
        now = datetime.now(UTC)
        recorded_at = min(asked.times.recorded_at or now, version.before or now)
        first = Cursor(skip=0, today=now.date(), recorded_at=recorded_at, key=key)
        page = Cursor.read(asked.cursor, key) if asked.cursor is not None else first
        pinned = asked.times.model_copy(update={"recorded_at": page.recorded_at})

        named = {name: value for name, value in given.items() if value is not None}
        more: dict[str, Any] = {
            "include_unchecked": asked.include_unchecked, "limit": asked.limit, "skip": page.skip, "today": page.today
        }  # fmt: skip
        if form is not Form.JSON:
            streaming = ask_streaming(connection, query, named, times=pinned, timeout=_LONGEST_STREAM, **more)
            head, rows = held.enter_context(streaming)
            headers = headers_of(tag if read_version(connection) == version else None)
            if head.truncated:
                headers |= _next(request, page.model_copy(update={"skip": page.skip + asked.limit}))
            return streamed_reply(form, head, rows, query.flat_columns, headers=headers, held=held.pop_all())

        def answer_at(times: Times) -> Answer:
            return ask(connection, query, named, times=times, timeout=graph.settings.query_timeout, **more)

        is_pinned = asked.cursor is not None or version.before is not None
        answer = answer_at(pinned if is_pinned else asked.times)
        if read_version(connection) != version:
            # A load began or ended meanwhile: the answer may be of both graphs, and other pages could not follow it.
            tag = None
            answer = answer if is_pinned else answer_at(pinned)
    headers = headers_of(tag)
    if answer.truncated:
        headers |= _next(request, page.model_copy(update={"skip": page.skip + len(answer.rows)}))
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)


def _next(request: Request, cursor: Cursor) -> dict[str, str]:
    headers = {"Inquiry-Cursor": cursor.text}
    if request.method == "GET":
        address = request.url.include_query_params(cursor=cursor.text)
        headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return headers


def _as_text(value: object) -> str | None:
    """A value as one types it: the queries read their parameters themselves."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
