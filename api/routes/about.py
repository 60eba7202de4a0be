"""What is loaded, what the graph is made of, whether it can be asked, and what problems there are."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.problems import RETRY_AFTER, Kind, documented
from api.store import Graph
from graph.errors import StoreError
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.store.statistics import read_statistics

__all__ = ["about_router"]


class Ready(BaseModel):
    """Whether questions can be answered, and what is missing where they cannot."""

    ready: bool = Field(description="Whether questions can be answered.", examples=[False])
    missing: list[str] = Field(description="What is missing.", examples=[["the graph is empty"]])


class Explained(BaseModel):
    """A sort of problem."""

    type: str = Field(description="As problems name it.", examples=["/v1/problems#ambiguous-name"])
    status: int = Field(description="The status of the reply.", examples=[422])
    title: str = Field(description="What it is called.", examples=["A name does not say which entity is meant"])
    meaning: str = Field(description="What it means, and what to do.", examples=["Give the id of one of them."])


def about_router(graph: Graph) -> APIRouter:
    """`/healthz`, `/readyz`, `/v1/stats`, `/v1/schema`, `/v1/problems`."""
    router = APIRouter(tags=["about"])

    @router.get("/healthz", summary="Whether this server runs", responses=documented())
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @router.get(
        "/readyz",
        summary="Whether questions can be answered",
        responses={**documented(), 503: {"model": Ready, "description": "Not now; `missing` says why"}},
    )
    def ready(response: Response) -> Ready:
        missing = []
        try:
            with graph.connection() as connection:
                if not connection.read(statement("has_entities"))[0]["found"]:
                    missing.append("the graph is empty")
        except StoreError:
            missing.append("Neo4j does not answer")
        if missing:
            response.status_code = 503
            response.headers["Retry-After"] = RETRY_AFTER
        return Ready(ready=not missing, missing=missing)

    @router.get("/v1/stats", summary="The whole graph in numbers", responses=documented())
    def stats() -> dict[str, Any]:
        with graph.connection() as connection:
            statistics = read_statistics(connection)
        return {**statistics.model_dump(mode="json"), "shares": statistics.shares}

    @router.get("/v1/schema", summary="Kinds and relationships", responses=documented())
    def schema() -> dict[str, Any]:
        return {
            "kinds": [kind.model_dump(mode="json") for kind in SCHEMA.kinds],
            "relationships": [relationship.model_dump(mode="json") for relationship in SCHEMA.relationships],
        }

    @router.get("/v1/problems", summary="The sorts of problems", responses=documented())
    def problems() -> list[Explained]:
        return [
            Explained(type=f"/v1/problems#{kind.slug}", status=kind.status, title=kind.title, meaning=kind.meaning)
            for kind in Kind
        ]

    return router
