"""Cypher of one's own: it reads, and cannot harm."""

from __future__ import annotations

from fastapi import APIRouter, Response

from api.guarded import CypherAsked, Guarded
from api.problems import Kind, documented
from graph.store.guard import GuardedResult

__all__ = ["cypher_router"]


def cypher_router(guarded: Guarded) -> APIRouter:
    """`/v1/cypher`."""
    router = APIRouter(prefix="/v1", tags=["cypher"])

    @router.post(
        "/cypher",
        summary="Run Cypher that reads",
        response_model=GuardedResult,
        responses=documented(Kind.CYPHER_REFUSED, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED, Kind.BUSY),
    )
    async def cypher(asked: CypherAsked) -> Response:
        return Response((await guarded.run(asked)).model_dump_json(), media_type="application/json")

    return router
