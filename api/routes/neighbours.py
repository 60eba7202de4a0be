"""The neighbours of an entity, the next ones at a time, with evidence for each relationship and what is left out.

Annotations are read when the routes are made, for FastAPI resolves them in this module.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from api.lookup import look_up, redirect
from api.neighbour_models import Neighbours, NeighboursAsked, NeighboursBeside
from api.problems import Kind, ProblemError, documented
from api.replies import Version, cached, headers_of, read_version, settled_tag
from api.store import Graph
from graph.queries import Times
from graph.schema import SCHEMA
from graph.schema.model import did_you_mean
from graph.store.connection import Reader
from viz.neighbours import drawn_neighbours

__all__ = ["Id", "neighbours_router", "pinned"]

Id = Annotated[str, Path(description="The id of an entity.", examples=["inquiry:casey-audit-2025"], max_length=500)]
_TEMPLATE: Final = "/v1/entities/{id}/neighbours"
_ABOUT: Final[dict[str, Any]] = {
    "summary": "The neighbours of an entity",
    "tags": ["entities"],
    "responses": {
        304: {"description": "The answer to a GET has not changed"},
        308: {"description": "The entity is part of another one now; `Location` leads there"},
        **documented(Kind.NO_SUCH_ENTITY, Kind.WITHDRAWN, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
        200: {"model": Neighbours, "description": "Neighbours with the evidence of each relationship"},
    },
    "response_class": Response,
}


def neighbours_router(graph: Graph) -> APIRouter:
    """`/v1/entities/{id}/neighbours`."""
    router = APIRouter()

    @router.get(_TEMPLATE, operation_id="get-entity-neighbours", **_ABOUT)
    def get(request: Request, id: Id, asked: Annotated[NeighboursAsked, Query()]) -> Response:  # noqa: A002
        return _answer(graph, request, id, NeighboursBeside(**asked.model_dump()))

    @router.post(_TEMPLATE, operation_id="post-entity-neighbours", **_ABOUT)
    def post(request: Request, id: Id, asked: NeighboursBeside) -> Response:  # noqa: A002
        return _answer(graph, request, id, asked)

    return router


def _answer(graph: Graph, request: Request, wanted: str, asked: NeighboursBeside) -> Response:
    types = (_type(asked.type),) if asked.type is not None else None
    with graph.connection() as connection:
        version = read_version(connection)
        # The tag of a reply knows nothing of a body.
        tag = settled_tag(version, request) if request.method == "GET" else None
        if (known := cached(request, tag)) is not None:
            return known

        def work(reader: Reader) -> dict[str, Any] | str:
            return look_up(reader, wanted, is_past=asked.recorded_at is not None) or drawn_neighbours(
                reader,
                wanted,
                pinned(asked.times, version),
                limit=asked.limit,
                shown=asked.shown,
                types=types,
                include_unchecked=asked.include_unchecked,
            )

        answer = connection.read_together(work, timeout=graph.settings.query_timeout)
        tag = tag if read_version(connection) == version else None
    if isinstance(answer, str):
        return redirect(request, _TEMPLATE, answer)
    return JSONResponse(answer, headers=headers_of(tag))


def pinned(times: Times, version: Version) -> Times:
    """The times asked about; while a load is at work, of the graph before it."""
    if version.before is None:
        return times
    return times.model_copy(update={"recorded_at": min(times.recorded_at or version.before, version.before)})


def _type(name: str) -> str:
    if name not in SCHEMA.by_type:
        hint = did_you_mean(name, list(SCHEMA.by_type)) or "`/v1/schema` lists them"
        raise ProblemError(
            Kind.INVALID_PARAMETER, f"there is no relationship type {name!r}", parameter="type", hint=hint
        )
    return name
