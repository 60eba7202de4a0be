"""Cypher of one's own: it reads, and cannot harm."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.problems import Kind, ProblemError, documented, hint_of
from api.store import Graph
from api.turns import Turns
from graph.errors import QueryError
from graph.store.guard import GuardedResult, run_guarded

__all__ = ["cypher_router"]


_DEEPEST: Final = 50


def _check_depth(value: dict[str, Any]) -> dict[str, Any]:
    """What is nested more deeply could not be sent to Neo4j, nor come back as JSON."""
    layer: list[Any] = [value]
    for _ in range(_DEEPEST):
        layer = [inner for outer in layer for inner in (outer.values() if isinstance(outer, dict) else outer)
                 if isinstance(inner, dict | list)]  # fmt: skip
        if not layer:
            return value
    raise ValueError(f"parameters are nested at most {_DEEPEST} levels deep")


class CypherAsked(BaseModel):
    """A query, its parameters, and how much of it is wanted."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(
        min_length=1,
        max_length=50_000,
        description="Cypher that reads; EXPLAIN or PROFILE before it gives its plan.",
        examples=["MATCH (r:Recommendation)-[:TARGETS]->(b:Body {id: $body}) RETURN r.id AS id LIMIT 3"],
    )
    parameters: Annotated[dict[str, Any], AfterValidator(_check_depth)] = Field(
        default_factory=dict, description="Values for its `$names`.", examples=[{"body": "body:home-office"}]
    )
    limit: int = Field(1_000, ge=1, le=10_000, strict=True, description="How many rows at the most.", examples=[3])
    form: Literal["rows", "graph"] = Field(
        "rows",
        description="`graph` gives the nodes and relationships of the rows instead, each once.",
        examples=["rows"],
    )
    timeout: float = Field(
        10, gt=0, le=60, strict=True, description="Seconds after which the server stops the query.", examples=[5]
    )


def cypher_router(graph: Graph, turns: Turns) -> APIRouter:
    """`/v1/cypher`."""
    router = APIRouter(prefix="/v1", tags=["cypher"])

    # Not a plain function: those who wait for their turn would hold threads that others need.
    @router.post(
        "/cypher",
        summary="Run Cypher that reads",
        response_model=GuardedResult,
        responses=documented(Kind.CYPHER_REFUSED, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED, Kind.BUSY),
    )
    async def cypher(asked: CypherAsked) -> Response:
        return await turns.run(lambda: run(asked))

    def run(asked: CypherAsked) -> Response:
        with graph.connection() as connection:
            try:
                result = run_guarded(
                    connection,
                    asked.query,
                    asked.parameters,
                    limit=asked.limit,
                    timeout=asked.timeout,
                    as_graph=asked.form == "graph",
                )
            except QueryError as error:
                raise ProblemError(Kind.CYPHER_REFUSED, error.message, hint=hint_of(error)) from error
        return Response(result.model_dump_json(), media_type="application/json")

    return router
