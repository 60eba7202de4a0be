"""The view: a subgraph that one explores."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api.models import TimesAsked
from api.pages import answer_page, moved
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from graph.queries.names import find_entity
from graph.queries.subgraph import LARGEST, USUAL, read_around
from graph.store.connection import Reader
from viz.network import Network
from viz.page import served_view

__all__ = ["explore_router"]


class Explored(TimesAsked):
    """Around which entity, and how much."""

    entity: str = Field(min_length=1, max_length=500)
    limit: int = Field(USUAL, ge=1, le=LARGEST)
    include_unchecked: bool = False


def explore_router(graph: Graph) -> APIRouter:
    """`/explore`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/explore")
    def explore(request: Request, asked: Annotated[Explored, Query()]) -> Response:
        return answer_page(graph, request, lambda reader, version: _explore(reader, request, asked, version))

    return router


def _explore(reader: Reader, request: Request, asked: Explored, version: Version) -> str | Response:
    if (found := find_entity(reader, asked.entity, on=asked.valid_at)) != asked.entity:
        address = request.url.include_query_params(entity=found)
        return moved(f"{address.path}?{address.query}")
    times = pinned(asked.times, version)
    subgraph = read_around(reader, [found], times, limit=asked.limit, include_unchecked=asked.include_unchecked)
    return served_view(Network.of(subgraph, subgraph.entities[0].name).payload(), api="/v1")
