"""Cypher of strangers, a few at a time, whoever they come from: programs or the page with the editor."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.problems import Kind, ProblemError, hint_of
from api.store import Graph
from api.turns import Turns
from graph.errors import QueryError
from graph.store.guard import GuardedResult, run_guarded

__all__ = ["CypherAsked", "Guarded"]

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


class Guarded:
    """Runs what only reads, each query in its turn."""

    def __init__(self, graph: Graph, turns: Turns) -> None:
        self._graph = graph
        self._turns = turns

    async def run(self, asked: CypherAsked) -> GuardedResult:
        """The result; raises ProblemError for what is refused, and where too many wait."""
        return await self._turns.run(lambda: self._run(asked))

    def _run(self, asked: CypherAsked) -> GuardedResult:
        with self._graph.connection() as connection:
            try:
                return run_guarded(
                    connection,
                    asked.query,
                    asked.parameters,
                    limit=asked.limit,
                    timeout=asked.timeout,
                    as_graph=asked.form == "graph",
                )
            except QueryError as error:
                raise ProblemError(Kind.CYPHER_REFUSED, error.message, hint=hint_of(error)) from error
