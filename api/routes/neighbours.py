"""The neighbours of an entity, a page at a time, with the evidence of each relationship and what is left out."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.models import TimesAsked
from api.problems import Kind, ProblemError, candidates_of, documented
from api.replies import Version, cached, headers_of, read_version, settled_tag
from api.store import Graph
from graph.errors import AmbiguousName
from graph.queries import Times, find_entity
from graph.queries.statements import statement
from graph.queries.subgraph import LARGEST
from graph.schema import SCHEMA
from graph.schema.ids import ENTITY_ID
from graph.schema.model import did_you_mean
from graph.store.connection import Connection, Reader
from viz.neighbours import drawn_neighbours

__all__ = ["Id", "id_of", "neighbours_router", "pinned"]

Id = Annotated[str, Path(description="The id of an entity.", examples=["inquiry:iicsa"], max_length=500)]
EntityId = Annotated[str, StringConstraints(pattern=ENTITY_ID, max_length=200)]
_MOST: Final = 100


class NeighboursAsked(TimesAsked):
    """Which neighbours."""

    limit: int = Field(25, ge=0, le=_MOST, description="How many at the most; with 0 the entity alone.")
    type: str | None = Field(None, description="Only by this relationship type.", examples=["TARGETS"])
    include_unchecked: bool = Field(False, description="Also claims whose document nobody has seen; they are marked.")


class NeighboursBeside(NeighboursAsked):
    """Which neighbours, beside what is shown already."""

    shown: list[EntityId] = Field(
        default_factory=list, max_length=LARGEST, description="Ids of entities that are shown already."
    )


class _Told(BaseModel):
    model_config = ConfigDict(extra="allow")


class PlaceTold(_Told):
    """Where a document makes a claim."""

    document: str
    locator: str | None = None
    page: Any = None
    anchor: str | None = Field(None, description="A few words that stand there.")
    version: str | None = None


class ClaimTold(_Told):
    """A claim; what is absent is not given."""

    id: str
    subject: str
    predicate: str
    object: str | None = None
    value: str | None = None
    qualifiers: dict[str, Any] = Field({}, description="Role, position, words … as the relationship type has them.")
    dates: str | None = Field(None, description="When it was so, as the document says it.")
    bounds: list[str | None] | None = Field(
        None, description="From the earliest and latest start to the earliest and latest end; null is unlimited."
    )
    known: str | None = Field(None, description="By when it was public, at the latest.")
    of_register: bool = Field(False, description="A list of states, which known time does not limit.")
    recorded: str = Field(description="Since when this graph says it.")
    method: str
    review: str
    by: str | None = Field(None, description="Who says it, where the document reports somebody.")
    places: list[PlaceTold]
    rivals: list[str] = Field([], description="Claims that it cannot stand beside.")


class EntityTold(_Told):
    """An entity with what is said of it alone."""

    id: str
    name: str
    kind: str
    sub_kind: str | None
    date: list[str | None] | None = Field(description="First and last day; no last day where it may last still.")
    summary: str | None
    unchecked: bool = Field(description="Whether no document that was seen speaks of it.")
    relationships: int = Field(description="How many it has in the current view of the graph.")
    values: list[ClaimTold]


class RelationshipTold(_Told):
    """A relationship in one period."""

    id: str
    subject: str
    predicate: str
    object: str
    time_class: str
    bounds: list[str | None] | None = None
    known: str | None = None
    documents: int = Field(description="How many documents say so.")
    reading: bool = False
    disputed: bool = False
    unchecked: bool = False
    claims: list[ClaimTold]


class LeftTold(_Told):
    """Neighbours by one relationship type that are not given."""

    predicate: str
    direction: str = Field(description="forward, or backward where the relationship leads to the entity.")
    words: str
    total: int = Field(description="How many neighbours there are by this type and direction.")
    left_out: int = Field(description="How many of them are neither shown nor given here.")


class Neighbours(_Told):
    """An entity, its next neighbours, and the relationships between all that is shown then."""

    id: str
    entities: list[EntityTold]
    relationships: list[RelationshipTold]
    documents: dict[str, Any] = Field(description="Title and address of each document that is cited.")
    names: dict[str, str] = Field(description="Names of entities that are spoken of and not given.")
    rivals: dict[str, ClaimTold] = Field(description="Claims that contradict what is given.")
    left: list[LeftTold]
    limit: int
    total: int = Field(description="Neighbours that were not shown, over all types: related by two, one counts twice.")
    truncated: bool
    left_out: dict[str, Any] = Field(description="Claims that are left out: `unchecked` …")
    times: dict[str, str | None]


_ABOUT: Final[dict[str, Any]] = {
    "summary": "The neighbours of an entity",
    "responses": {
        308: {"description": "The entity is part of another one now; `Location` leads there"},
        **documented(Kind.NO_SUCH_ENTITY, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
        200: {"model": Neighbours, "description": "Neighbours with the evidence of each relationship"},
    },
    "response_class": Response,
}


def neighbours_router(graph: Graph) -> APIRouter:
    """`/v1/entities/{id}/neighbours`."""
    router = APIRouter(prefix="/v1/entities", tags=["entities"])
    of_get = {**_ABOUT, "responses": {**_ABOUT["responses"], 304: {"description": "The answer has not changed"}}}

    @router.get("/{id}/neighbours", operation_id="get-neighbours", **of_get)
    def get(request: Request, id: Id, asked: Annotated[NeighboursAsked, Query()]) -> Response:  # noqa: A002
        return _answer(graph, request, id, NeighboursBeside(**asked.model_dump()))

    @router.post("/{id}/neighbours", operation_id="post-neighbours", **_ABOUT)
    def post(request: Request, id: Id, asked: NeighboursBeside) -> Response:  # noqa: A002
        return _answer(graph, request, id, asked)

    return router


def _answer(graph: Graph, request: Request, wanted: str, asked: NeighboursBeside) -> Response:
    types = (_type(asked.type),) if asked.type is not None else None
    with graph.connection() as connection:
        version = read_version(connection)
        tag = settled_tag(version, request) if request.method == "GET" else None
        if (known := cached(request, tag)) is not None:
            return known

        def work(reader: Reader) -> dict[str, Any] | str:
            found = id_of(reader, wanted)
            if found != wanted:
                return found
            return drawn_neighbours(
                reader,
                wanted,
                pinned(asked.times, version),
                limit=asked.limit,
                shown=asked.shown,
                types=types,
                include_unchecked=asked.include_unchecked,
            )

        answer = connection.read_together(work, timeout=graph.settings.query_timeout)
        tag = tag if _is_still(connection, version) else None
    if isinstance(answer, dict):
        return JSONResponse(answer, headers=headers_of(tag))
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"/v1/entities/{quote(answer)}/neighbours{query}"
    return RedirectResponse(address, 308, headers={"Cache-Control": "no-cache"})


def id_of(reader: Reader, wanted: str) -> str:
    """The id that an id leads to today; ProblemError where there is no such entity. A name is no id."""
    for name in ("entity_by_id", "entity_joined_by_id"):
        if rows := reader.read(statement(name), {"id": wanted}):
            return str(rows[0]["id"])
    try:
        found = find_entity(reader, wanted)
    except AmbiguousName as error:
        raise ProblemError(Kind.NO_SUCH_ENTITY, f"there is no {wanted!r}", candidates=candidates_of(error)) from error
    raise ProblemError(Kind.NO_SUCH_ENTITY, f"{wanted!r} is no id", hint=f"{found} is called so")


def pinned(times: Times, version: Version) -> Times:
    """The times asked about; while a load is at work, of the graph before it."""
    if version.before is None:
        return times
    return times.model_copy(update={"recorded_at": min(times.recorded_at or version.before, version.before)})


def _is_still(connection: Connection, version: Version) -> bool:
    return read_version(connection) == version


def _type(name: str) -> str:
    if name not in SCHEMA.by_type:
        hint = did_you_mean(name, list(SCHEMA.by_type)) or "`/v1/schema` lists them"
        raise ProblemError(
            Kind.INVALID_PARAMETER, f"there is no relationship type {name!r}", parameter="type", hint=hint
        )
    return name
