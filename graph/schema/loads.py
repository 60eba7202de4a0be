"""What a loader hands to the writer besides claims: the load itself, and claims that are closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from graph.schema.claims import Claim, DocumentVersion
from graph.schema.ids import digest_of

__all__ = ["Closing", "ClosingReason", "LoadInput", "LoadRequest"]

ClosingReason = Literal["source_changed", "our_error", "document_withdrawn", "redacted"]


class Closing(BaseModel):
    """A claim that the graph no longer makes, and why; it is never deleted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str
    reason: ClosingReason
    note: str | None = None


class LoadInput(BaseModel):
    """One input of a load: its name within the source and the SHA-256 of its bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str


@dataclass(frozen=True)
class LoadRequest:
    """What one run of a loader wants written. The iterables are read once, so that memory does not grow with them."""

    loader: str
    source: str
    inputs: tuple[LoadInput, ...]
    claims: Iterable[Claim]
    versions: Iterable[DocumentVersion] = ()
    closings: Iterable[Closing] = ()
    expected_claims: int | None = field(default=None, compare=False)

    @property
    def fingerprint(self) -> str:
        """Tells loads of the same bytes from others."""
        return digest_of([self.loader, self.source, [[i.name, i.sha256] for i in self.inputs]])
