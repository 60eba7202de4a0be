"""What a load would change, without changing it."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.schema import Claim
from graph.schema.loads import LoadRequest
from graph.store.connection import Connection
from graph.store.statements import statement

__all__ = ["LoadPreview", "preview_load"]

EXAMPLES: Final = 10
BATCH: Final = 5_000


class LoadPreview(BaseModel):
    """The counts, and the first of what would come and go."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    new: int
    unchanged: int
    closed: int
    examples_new: list[str]
    examples_closed: list[str]


def preview_load(connection: Connection, request: LoadRequest) -> LoadPreview:
    """Compares the claims of a request with those of the graph."""
    claims = {claim.id: claim for claim in request.claims}
    ids = list(claims)
    there: set[str] = set()
    for start in range(0, len(ids), BATCH):
        rows = connection.read(statement("existing_claims"), {"ids": ids[start : start + BATCH]})
        there |= {row["id"] for row in rows if not row["closed"]}
    gone: list[str] = []
    for load in connection.read(statement("loads_of_source"), {"source": request.source}):
        rows = connection.read(statement("live_claims_of_load"), {"load": load["id"], "qualifiers": []})
        gone += [row["says"] for row in rows if row["id"].partition("~")[0] not in claims and not row["also_from"]]
    new = [claim for claim in claims.values() if claim.id not in there]
    return LoadPreview(
        source=request.source,
        new=len(new),
        unchanged=len(there),
        closed=len(gone),
        examples_new=[_says(claim) for claim in new[:EXAMPLES]],
        examples_closed=gone[:EXAMPLES],
    )


def _says(claim: Claim) -> str:
    value = claim.object if claim.value is None else claim.value.text
    return f"{claim.subject} {claim.predicate} {value}"
