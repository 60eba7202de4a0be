"""What is asked about one entity, and what is answered."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from api.models import Evidence, Text, TimesAsked

__all__ = [
    "INCLUDED",
    "ClaimLine",
    "Claims",
    "DossierAsked",
    "Entity",
    "EntityAsked",
    "History",
    "HistoryAsked",
    "Link",
    "Paged",
    "Part",
]

INCLUDED: Final = 50
"""So many claims come with an entity; its address for claims has all."""


class Part(StrEnum):
    """What may come with an entity."""

    NAMES = "names"
    IDENTIFIERS = "identifiers"
    PROPERTIES = "properties"
    RELATIONSHIPS = "relationships"
    CLAIMS = "claims"


class EntityAsked(BaseModel):
    """How much of an entity."""

    model_config = ConfigDict(extra="forbid")

    include: str | None = Field(
        None,
        pattern=rf"^({'|'.join(Part)})(,({'|'.join(Part)}))*$",
        description=f"What else is wanted, joined by commas: {', '.join(Part)}.",
        examples=["names,identifiers"],
    )

    @property
    def parts(self) -> set[str]:
        """What else is wanted."""
        return set(self.include.split(",")) if self.include else set()


class ClaimLine(BaseModel):
    """A claim about an entity."""

    claim: str = Field(description="Its id; /v1/claims has all of it.", examples=["claim:7d1f0a2b3c4d5e6f70819203"])
    predicate: str = Field(description="The property or type of relationship.", examples=["TARGETS"])
    words: str = Field(description="The predicate in words, seen from this entity.", examples=["is a target of"])
    other: str | None = Field(
        description="The other end of a relationship.", examples=["recommendation:casey-audit-2025-1"]
    )
    other_name: str | None = Field(description="Its name.", examples=["Mandatory rape charge"])
    value: str | None = Field(description="The value of a property, as printed.", examples=["2025-06-16"])
    more: str = Field(description="Qualifiers and dates.", examples=["role: must_act"])
    evidence: list[Evidence] = Field(description="The places that make the claim.", examples=[[]])


class Link(BaseModel):
    """A relationship of the current view."""

    type: str = Field(description="Its type.", examples=["PRODUCED"])
    direction: str = Field(description="forward (from the entity) or backward.", examples=["forward"])
    other: str = Field(description="The other end.", examples=["document:casey-audit-2025"])
    other_name: str | None = Field(description="Its name.", examples=["National Audit"])
    claims: list[str] = Field(
        description="The claims that make it; /v1/claims has their places.",
        examples=[["claim:7d1f0a2b3c4d5e6f70819203"]],
    )
    documents: int = Field(description="How many documents make it.", examples=[2])
    reading: bool = Field(description="Whether no document says it in so many words.", examples=[False])
    disputed: bool = Field(description="Whether documents disagree on it.", examples=[False])


class Entity(BaseModel):
    """An entity as the current view has it; `/claims` has what each document says of it."""

    id: str = Field(description="Its id.", examples=["inquiry:casey-audit-2025"])
    name: str | None = Field(description="Its name.", examples=["National Audit"])
    kind: str = Field(description="Its kind.", examples=["Inquiry"])
    labels: list[str] = Field(description="Its kind and sub-kinds.", examples=[["Inquiry"]])
    summary: str | None = Field(description="What it is, in the curator's words.", examples=["An audit of 2025."])
    url: str | None = Field(description="Where it can be read about.", examples=["https://www.gov.uk/"])
    unchecked: bool = Field(description="Whether only unchecked claims speak of it.", examples=[False])
    links: dict[str, str] = Field(
        description="Where more is said of it.", examples=[{"claims": "/v1/entities/inquiry:casey-audit-2025/claims"}]
    )
    names: list[str] | None = Field(None, description="How else it is or was called.", examples=[["Casey audit"]])
    identifiers: list[str] | None = Field(
        None, description="Identifiers that sources give it, as scheme:value.", examples=[["wikidata:Q1"]]
    )
    properties: dict[str, Any] | None = Field(
        None,
        description="All values on which documents agree; those of others are in `…_values`, their names in "
        "`disputed_properties`.",
        examples=[{"form": "audit"}],
    )
    relationships: list[Link] | None = Field(
        None, description=f"The first {INCLUDED} relationships of the current view.", examples=[[]]
    )
    claims: list[ClaimLine] | None = Field(
        None, description=f"The first {INCLUDED} claims about it, with their evidence.", examples=[[]]
    )


class Paged(BaseModel):
    """How much of something, and where it goes on."""

    limit: int = Field(100, ge=1, le=5_000, description="How many at the most.", examples=[10])
    cursor: Text | None = Field(
        None, description="Where it goes on: `next_cursor` of the reply before.", examples=["eyJza2lwIjoxMDAs…"]
    )


class DossierAsked(TimesAsked, Paged):
    """Which claims."""

    include_unchecked: bool = Field(
        False, description="Also claims whose document nobody has seen; they are marked.", examples=[True]
    )


class HistoryAsked(Paged):
    """How much of a history."""

    model_config = ConfigDict(extra="forbid")


class Page(BaseModel):
    """What every list says of itself."""

    total: int = Field(description="How many there are in all.", examples=[12])
    limit: int = Field(description="How many at the most.", examples=[100])
    truncated: bool = Field(description="Whether there are more after these.", examples=[False])
    next_cursor: str | None = Field(description="Where it goes on; null at the end.", examples=[None])
    times: dict[str, str | None] = Field(
        description="The times asked about; `recorded_at` is that of the first page.", examples=[{"recorded_at": None}]
    )


class Claims(Page):
    """The claims about an entity."""

    id: str = Field(description="Its id.", examples=["inquiry:casey-audit-2025"])
    name: str | None = Field(description="Its name.", examples=["National Audit"])
    labels: list[str] = Field(description="Its kind and sub-kinds.", examples=[["Inquiry"]])
    claims: list[ClaimLine] = Field(description="In the order of the schema.", examples=[[]])
    left_out: int = Field(description="Unchecked claims that are not shown.", examples=[0])


class Recorded(BaseModel):
    """A claim that this graph began or ceased to make."""

    at: str = Field(description="When, in this graph's own time.", examples=["2026-06-30T12:00:00Z"])
    what: str = Field(description="recorded or closed.", examples=["recorded"])
    claim: str = Field(description="The claim; /v1/claims has all of it.", examples=["claim:7d1f0a2b3c4d5e6f70819203"])
    subject: str = Field(description="Of what or whom it says something.", examples=["inquiry:casey-audit-2025"])
    predicate: str = Field(description="What it says.", examples=["announced"])
    object: str | None = Field(description="The other end of a relationship.", examples=["body:home-office"])
    value: str | None = Field(description="The value of a property, as printed.", examples=["2025-01-16"])
    review: str = Field(description="checked or unchecked.", examples=["checked"])
    load: str | None = Field(description="The load that did it.", examples=["load:9f53ce127b18c69f-1"])
    source: str | None = Field(description="What that load was of.", examples=["seeds/casey-audit-2025"])
    reason: str | None = Field(
        description="Why it was closed: source_changed, our_error or document_withdrawn.", examples=["our_error"]
    )
    note: str | None = Field(description="What the curator or the load said with it.", examples=["a slip"])
    documents: list[str] = Field(description="The documents that make it.", examples=[["document:casey-audit-2025"]])
    corrects: list[str] = Field(description="The claims of this graph that it corrects.", examples=[[]])


class Joined(BaseModel):
    """A record of a source that was joined with the entity; its id leads here (308)."""

    id: str = Field(description="The id that its source gives it.", examples=["body:organogram-home-office"])
    claims: int = Field(description="How many claims it brought.", examples=[4])
    recorded_at: str = Field(description="When the first of them was recorded.", examples=["2026-06-30T12:00:00Z"])


class History(Page):
    """What this graph recorded of an entity, the newest first; redacted claims are not told."""

    id: str = Field(description="Its id.", examples=["inquiry:casey-audit-2025"])
    events: list[Recorded] = Field(description="The newest first.", examples=[[]])
    joined: list[Joined] = Field(description="Records that were joined with it.", examples=[[]])
