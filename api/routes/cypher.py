"""Cypher of one's own: it reads, and cannot harm."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.problems import Kind, ProblemError, documented
from api.store import Graph
from graph.errors import QueryError
from graph.store.guard import GuardedResult, run_guarded

__all__ = ["cypher_router"]


class CypherAsked(BaseModel):
    """A query, its parameters, and how much of it is wanted."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(
        min_length=1,
        max_length=50_000,
        description="Cypher that reads; EXPLAIN or PROFILE before it gives its plan.",
        examples=["MATCH (r:Recommendation)-[:TARGETS]->(b:Body {id: $body}) RETURN r.id AS id LIMIT 3"],
    )
    parameters: dict[str, Any] = Field(default_factory=dict, examples=[{"body": "body:home-office"}])
    limit: int = Field(1_000, ge=1, le=10_000, description="How many rows at the most.")
    timeout: float = Field(10, gt=0, le=60, description="Seconds after which the server stops the query.")


def cypher_router(graph: Graph) -> APIRouter:
    """`/v1/cypher`."""
    router = APIRouter(prefix="/v1", tags=["cypher"])

    @router.post(
        "/cypher",
        summary="Run Cypher that reads",
        responses=documented(Kind.CYPHER_REFUSED, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
    )
    def cypher(asked: CypherAsked) -> GuardedResult:
        with graph.connection() as connection:
            try:
                return run_guarded(connection, asked.query, asked.parameters, limit=asked.limit, timeout=asked.timeout)
            except QueryError as error:
                raise ProblemError(Kind.CYPHER_REFUSED, error.message, hint=error.hint) from error

    return router
