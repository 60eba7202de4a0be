"""The loads: what was loaded, when, and what is left of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.cursors import Cursor, key_of
from api.entity_models import Paged
from api.problems import Kind, documented
from api.replies import cached, headers_of, next_page, read_version, settled_tag
from api.store import Graph
from graph.schema.moments import plain_moment
from graph.store.connection import Row
from graph.store.loads import list_loads

__all__ = ["loads_router"]


class Load(BaseModel):
    """One run of a loader."""

    load: str = Field(description="Its id.", examples=["load:9f53ce127b18c69f-1"])
    source: str | None = Field(description="What was loaded.", examples=["seeds/casey-audit-2025"])
    status: str = Field(description="running, finished, broken off or restoring.", examples=["finished"])
    started_at: str | None = Field(description="When it began.", examples=["2026-06-30T12:00:00Z"])
    finished_at: str | None = Field(description="When it ended.", examples=["2026-06-30T12:00:05Z"])
    claims: int | None = Field(description="How many claims it made.", examples=[113])
    live: int = Field(description="How many of its claims are live.", examples=[113])
    inputs: list[str] | None = Field(
        description="The files, each with its sha256.",
        examples=[["topics.yaml 55f127b02557111d64ebd628dd2ce0cab1940d631120e9f58ce5b62ed26b6e61"]],
    )
    versions: list[str] | None = Field(
        description="The versions of documents that it read, each with its day.", examples=[["version:x 2026-06-12"]]
    )
    step_back: bool = Field(description="Whether it is of an older version than was loaded before.", examples=[False])


class LoadsAsked(Paged):
    """How many loads."""

    model_config = ConfigDict(extra="forbid")


class Loads(BaseModel):
    """The loads, the newest first."""

    items: list[Load] = Field(description="This page.", examples=[[]])
    total: int = Field(description="How many there are in all.", examples=[10])
    limit: int = Field(description="How many at the most.", examples=[100])
    truncated: bool = Field(description="Whether there are more after these.", examples=[False])
    next_cursor: str | None = Field(description="Where it goes on; null at the end.", examples=[None])


def loads_router(graph: Graph) -> APIRouter:
    """`/v1/loads`."""
    router = APIRouter(prefix="/v1")

    @router.get(
        "/loads",
        summary="What was loaded, when, and what is left of it",
        operation_id="list-loads",
        tags=["about"],
        responses={
            200: {"model": Loads, "description": "The loads"},
            304: {"description": "The answer has not changed"},
            **documented(Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
        },
        response_class=Response,
    )
    def loads(request: Request, asked: Annotated[LoadsAsked, Query()]) -> Response:
        with graph.connection() as connection:
            version = read_version(connection)
            tag = settled_tag(version, request)
            if (known := cached(request, tag)) is not None:
                return known
            rows = list_loads(connection)
            tag = tag if read_version(connection) == version else None
        return _page_of_loads(request, asked, rows, tag)

    return router


def _page_of_loads(request: Request, asked: LoadsAsked, rows: list[Row], tag: str | None) -> JSONResponse:
    """One page; loads that began after the first page was asked for are not on the others."""
    key = key_of("loads")
    place = Cursor.read(asked.cursor, key) if asked.cursor is not None else Cursor.first(key)
    pinned = plain_moment(place.recorded_at.isoformat())
    there = [row for row in rows if place.skip == 0 or (row["started_at"] or "") <= pinned]
    items = there[place.skip : place.skip + asked.limit]
    headers, cursor = headers_of(tag), None
    if place.skip + len(items) < len(there):
        cursor = place.model_copy(update={"skip": place.skip + len(items)}).text
        headers |= next_page(request, cursor)
    answer = Loads(
        items=[Load.model_validate(row) for row in items],
        total=len(there),
        limit=asked.limit,
        truncated=cursor is not None,
        next_cursor=cursor,
    )
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)
