"""What a loader hands to the writer besides claims: the load itself, and claims that are closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from graph.schema.claims import Claim, DocumentVersion
from graph.schema.ids import digest_of
from graph.schema.safety import check_said

__all__ = ["Closing", "ClosingReason", "LoadInput", "LoadRequest"]

ClosingReason = Literal["source_changed", "our_error", "document_withdrawn", "redacted"]


class Closing(BaseModel):
    """A claim that the graph no longer makes, and why; it is never deleted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str
    reason: ClosingReason
    note: str | None = None

    @field_validator("note")
    @classmethod
    def _check_note(cls, note: str | None) -> str | None:
        return None if note is None else check_said(note)


class LoadInput(BaseModel):
    """One input of a load: its name within the source, the SHA-256 of its bytes, and how many rows it has, if any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class LoadRequest:
    """What one run of a loader wants written; memory does not grow with it.

    `claims` is gone through more than once: a list, or an object that makes them anew each time. Raises TypeError for
    a generator, which would be empty the second time.
    """

    loader: str
    source: str
    inputs: tuple[LoadInput, ...]
    claims: Iterable[Claim]
    versions: Iterable[DocumentVersion] = ()
    closings: Iterable[Closing] = ()
    expected_claims: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if isinstance(self.claims, Iterator):
            raise TypeError("the claims of a load are gone through more than once, so a generator cannot give them")

    @property
    def fingerprint(self) -> str:
        """Tells loads of the same bytes from others."""
        return digest_of([self.loader, self.source, [[i.name, i.sha256] for i in self.inputs]])
