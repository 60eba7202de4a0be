"""What is asked of a search, and what is answered."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models import Day, Text

__all__ = ["Facets", "Found", "Search", "Searching", "Suggesting", "Suggestion", "Suggestions", "Total"]


class Words(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        min_length=1,
        max_length=200,
        description="Words of a name, another name, an identifier or a summary; typing errors are forgiven.",
        examples=["casey audit"],
    )
    kind: str | None = Field(None, description="Only entities of this kind.", examples=["Inquiry"])


class Suggesting(Words):
    """What somebody has typed so far."""

    limit: int = Field(10, ge=1, le=25, description="How many at the most.", examples=[5])


class Searching(Words):
    """What to search for, and what narrows it down."""

    body: Text | None = Field(
        None, description="Only what has to do with this body, by id or name.", examples=["body:home-office"]
    )
    place: Text | None = Field(
        None, description="Only what has to do with this place, by id or name.", examples=["place:rotherham"]
    )
    topic: Text | None = Field(
        None, description="Only what has to do with this topic, by id or name.", examples=["topic:ethnicity-data"]
    )
    since: Day | None = Field(
        None,
        alias="from",
        description="Only what has a date (published, announced, taken, begun, ended) that can be this day or later.",
        examples=["2025-01-01"],
    )
    until: Day | None = Field(
        None, description="Only what has a date that can be before this day.", examples=["2026-01-01"]
    )
    limit: int = Field(25, ge=1, le=100, description="How many at the most.", examples=[3])
    cursor: Text | None = Field(
        None,
        description="Where the search goes on: `next_cursor` of the reply before, to the same search.",
        examples=["eyJza2lwIjoyNSwi…"],
    )


class Suggestion(BaseModel):
    """An entity that may be meant."""

    id: str = Field(description="Its id.", examples=["inquiry:casey-audit-2025"])
    label: str | None = Field(description="Its kind.", examples=["Inquiry"])
    name: str | None = Field(
        description="Its name.", examples=["National Audit on Group-based Child Sexual Exploitation"]
    )


class Suggestions(BaseModel):
    """What may be meant, the likeliest first."""

    items: list[Suggestion] = Field(description="The likeliest first.", examples=[[]])
    limit: int = Field(description="How many at the most.", examples=[10])


class Found(Suggestion):
    """An entity that was found."""

    sub_kinds: list[str] = Field(description="Of which sub-kinds it is.", examples=[["Council"]])
    form: str | None = Field(description="The form of an inquiry, document or decision.", examples=["audit"])
    other_names: list[str] | None = Field(description="How else it is called.", examples=[["Casey audit"]])
    summary: str | None = Field(description="What it is, in the curator's words.", examples=["An audit of 2025."])
    score: int = Field(description="0 to 100: how alike its name and the words are.", examples=[90])


class Facet(BaseModel):
    """How many of those found are of one sort."""

    value: str = Field(description="The sort.", examples=["Document"])
    count: int = Field(description="How many; at least, where the relation of the total is gte.", examples=[19])


class Facets(BaseModel):
    """Counts over all that was found, not only this page."""

    kind: list[Facet] = Field(description="By kind, whatever kind is asked for.", examples=[[]])
    sub_kind: list[Facet] = Field(description="By sub-kind, such as Council.", examples=[[]])
    form: list[Facet] = Field(description="By form of inquiry, document or decision.", examples=[[]])


class Total(BaseModel):
    """How many there are in all."""

    value: int = Field(description="The number.", examples=[44])
    relation: Literal["eq", "gte"] = Field(description="eq: so many; gte: at least so many.", examples=["eq"])


class Search(BaseModel):
    """What was found in the graph as it is now, the likeliest first."""

    items: list[Found] = Field(description="This page.", examples=[[]])
    total: Total = Field(description="How many match, on all pages.", examples=[{"value": 44, "relation": "eq"}])
    facets: Facets = Field(
        description="How many there are of each sort.",
        examples=[{"kind": [{"value": "Document", "count": 19}], "sub_kind": [], "form": []}],
    )
    limit: int = Field(description="How many at the most.", examples=[25])
    truncated: bool = Field(description="Whether there are more than were given.", examples=[True])
    next_cursor: str | None = Field(description="Where it goes on; null at the end.", examples=[None])
    times: dict[str, str | None] = Field(
        description="`recorded_at`: pages after the first leave out what was first recorded after it.",
        examples=[{"recorded_at": None}],
    )
    loaded: dict[str, Any] = Field(description="What the graph holds.", examples=[{"claims": 6658}])
