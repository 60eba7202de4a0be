"""Entities: found by a search, and each with what documents say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.lookup import look_up, redirect
from api.models import Evidence, TimesAsked
from api.problems import Kind, ProblemError, documented
from api.replies import cached, headers_of, read_version, settled_tag
from api.store import Graph
from graph.queries.names import search_entities
from graph.queries.show import read_dossier
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.store.connection import Reader

__all__ = ["entities_router"]

Id = Annotated[str, Path(description="The id of an entity.", examples=["inquiry:iicsa"], max_length=500)]
_OF_ONE: dict[int | str, dict[str, Any]] = {
    304: {"description": "The answer has not changed"},
    308: {"description": "The entity is part of another one now; `Location` leads there"},
    **documented(Kind.NO_SUCH_ENTITY, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
}


class Searched(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(min_length=1, max_length=200, description="Words of a name or summary.", examples=["rotherham"])
    kind: str | None = Field(None, description="Only entities of this kind.", examples=["Body"])
    limit: int = Field(25, ge=1, le=100, description="How many at the most.")


class Found(BaseModel):
    """An entity that was found."""

    id: str
    label: str | None = Field(description="Its kind.")
    name: str | None
    other_names: list[str] | None
    summary: str | None
    score: int = Field(description="0 to 100: how alike its name and the words are.")


class Search(BaseModel):
    """What was found, the likeliest first."""

    items: list[Found]
    limit: int
    truncated: bool = Field(description="Whether there are more than were given.")


class Entity(BaseModel):
    """An entity: `/claims` has what documents say of it."""

    id: str
    name: str | None
    labels: list[str]
    links: dict[str, str]


class DossierAsked(TimesAsked):
    """Which claims."""

    include_unchecked: bool = Field(False, description="Also claims whose document nobody has seen; they are marked.")
    limit: int = Field(500, ge=1, le=5_000, description="How many at the most.")


class ClaimLine(BaseModel):
    """A claim about an entity."""

    claim: str
    predicate: str
    words: str = Field(description="The predicate in words, seen from this entity.")
    other: str | None = Field(description="The other end of a relationship.")
    other_name: str | None
    value: str | None
    more: str = Field(description="Qualifiers and dates.")
    evidence: list[Evidence]


class Claims(BaseModel):
    """The claims about an entity."""

    id: str
    name: str | None
    labels: list[str]
    claims: list[ClaimLine]
    total: int
    truncated: bool
    left_out: int = Field(description="Unchecked claims that are not shown.")


def entities_router(graph: Graph) -> APIRouter:
    """`/v1/entities`."""
    router = APIRouter(prefix="/v1/entities", tags=["entities"])

    @router.get("", summary="Search entities", responses=documented(Kind.INVALID_PARAMETER), response_model=Search)
    def search(asked: Annotated[Searched, Query()]) -> dict[str, Any]:
        kinds = (asked.kind,) if asked.kind is not None else ()
        if asked.kind is not None and asked.kind not in SCHEMA.by_label:
            raise ProblemError(
                Kind.INVALID_PARAMETER,
                f"there is no kind {asked.kind!r}",
                parameter="kind",
                hint=f"the kinds are {', '.join(SCHEMA.by_label)}",
            )
        with graph.connection() as connection:
            rows = connection.read_together(
                lambda reader: search_entities(reader, asked.q, limit=asked.limit + 1, kinds=kinds),
                timeout=graph.settings.query_timeout,
            )
        return {"items": rows[: asked.limit], "limit": asked.limit, "truncated": len(rows) > asked.limit}

    @router.get("/{id}", summary="An entity", responses=_OF_ONE, response_model=Entity)
    def entity(request: Request, id: Id) -> Response:  # noqa: A002  # as the address calls it
        def read(reader: Reader) -> dict[str, Any]:
            head = reader.read(statement("entity_head"), {"id": id})[0]
            return {"id": id, **head, "links": {"claims": f"/v1/entities/{quote(id, safe=':')}/claims"}}

        return _reply(graph, request, id, "/v1/entities/{id}", read)

    @router.get("/{id}/claims", summary="What documents say of an entity", responses=_OF_ONE, response_model=Claims)
    def claims(request: Request, id: Id, asked: Annotated[DossierAsked, Query()]) -> Response:  # noqa: A002
        def read(reader: Reader) -> dict[str, Any]:
            dossier = read_dossier(
                reader, id, asked.times, include_unchecked=asked.include_unchecked, limit=asked.limit
            )
            return dossier.model_dump(mode="json")

        return _reply(graph, request, id, "/v1/entities/{id}/claims", read)

    return router


def _reply(
    graph: Graph, request: Request, wanted: str, template: str, read: Callable[[Reader], dict[str, Any]]
) -> Response:
    """What is read of an entity, or where its id leads now; ProblemError where there is none."""

    def work(reader: Reader) -> dict[str, Any] | str:
        return look_up(reader, wanted) or read(reader)

    with graph.connection() as connection:
        version = read_version(connection)
        tag = settled_tag(version, request)
        if (known := cached(request, tag)) is not None:
            return known
        answer = connection.read_together(work, timeout=graph.settings.query_timeout)
        tag = tag if read_version(connection) == version else None
    if isinstance(answer, str):
        return redirect(request, template, answer)
    return JSONResponse(answer, headers=headers_of(tag))
