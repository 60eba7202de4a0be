"""Claims by their ids: with their places, live, closed or redacted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.models import Evidence
from api.problems import Kind, ProblemError, Tombstone, documented
from api.replies import cached, headers_of, read_version, settled_tag
from api.store import Graph
from graph.queries.show import read_claim
from graph.store.connection import Reader, Row

__all__ = ["claims_router"]

Id = Annotated[str, Path(description="The id of a claim.", examples=["claim:7d1f0a2b3c4d5e6f70819203"], max_length=500)]


class Claim(BaseModel):
    """A claim with its places: what one document says in one place, live or closed."""

    claim: dict[str, Any] = Field(
        description="All that the claim says and all that is known of it: subject, predicate, object or value, "
        "qualifiers, dates as printed and as bounds, when it was recorded and closed, and why.",
        examples=[{"id": "claim:7d1f0a2b3c4d5e6f70819203", "predicate": "TARGETS"}],
    )
    source: str | None = Field(description="What the load that brought it was of.", examples=["seeds/casey-audit-2025"])
    corrects: list[str] = Field(description="The claims of this graph that it corrects.", examples=[[]])
    corrected_by: list[str] = Field(description="The claims that correct it.", examples=[[]])
    evidence: list[Evidence] = Field(description="The places that make it.", examples=[[]])


def claims_router(graph: Graph) -> APIRouter:
    """`/v1/claims/{id}`."""
    router = APIRouter(prefix="/v1")

    @router.get(
        "/claims/{id}",
        summary="A claim with the places that make it",
        operation_id="get-claim",
        tags=["claims"],
        responses={
            200: {
                "model": Claim,
                "description": "The claim",
                "links": {
                    "get-entity": {
                        "operationId": "get-entity",
                        "parameters": {"id": "$response.body#/claim/subject"},
                    }
                },
            },
            304: {"description": "The answer has not changed"},
            **documented(Kind.NO_SUCH_CLAIM, Kind.WITHDRAWN, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
        },
        response_class=Response,
    )
    def claim(request: Request, id: Id) -> Response:  # noqa: A002  # as the address calls it
        with graph.connection() as connection:
            version = read_version(connection)
            tag = settled_tag(version, request)
            if (known := cached(request, tag)) is not None:
                return known
            found = connection.read_together(lambda reader: _read(reader, id), timeout=graph.settings.query_timeout)
            tag = tag if read_version(connection) == version else None
        return JSONResponse(Claim.model_validate(found).model_dump(mode="json"), headers=headers_of(tag))

    return router


def _read(reader: Reader, wanted: str) -> Row:
    found = read_claim(reader, wanted)
    if found is not None and "redacted" in found["claim"]:
        raise _redacted(wanted, found["claim"])
    if found is None or not found["evidence"]:
        raise ProblemError(Kind.NO_SUCH_CLAIM, f"there is no {wanted!r}")
    return found


def _redacted(wanted: str, claim: Row) -> ProblemError:
    tombstone = Tombstone(
        id=wanted,
        recorded_at=claim.get("recorded_at"),
        withdrawn_at=claim.get("retracted_at"),
        claims=0,
        reasons=["redacted"],
        notes=[claim["closing_note"]] if claim.get("closing_note") else [],
    )
    return ProblemError(Kind.WITHDRAWN, f"what {wanted} said was taken away", tombstone=tombstone)
