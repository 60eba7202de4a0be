"""What is asked and told of neighbours; the shapes are those that a view draws."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.models import TimesAsked
from graph.queries.subgraph import LARGEST
from graph.schema.ids import ENTITY_ID

__all__ = ["Neighbours", "NeighboursAsked", "NeighboursBeside"]

_MOST: Final = 100
_EntityId = Annotated[str, StringConstraints(pattern=ENTITY_ID, max_length=200)]
_BOUNDS: Final = ["2014-08-01", "2014-08-31", None, None]


class NeighboursAsked(TimesAsked):
    """Which neighbours."""

    limit: int = Field(25, ge=0, le=_MOST, description="How many at the most; with 0 the entity alone.", examples=[10])
    type: str | None = Field(
        None, max_length=100, description="Only by this relationship type.", examples=["COMMISSIONED_BY"]
    )
    include_unchecked: bool = Field(
        False, description="Also claims whose document nobody has seen; they are marked.", examples=[False]
    )


class NeighboursBeside(NeighboursAsked):
    """Which neighbours, beside what is shown already."""

    shown: list[_EntityId] = Field(
        default_factory=list,
        max_length=LARGEST,
        description="Ids of entities that are shown already.",
        examples=[["inquiry:iicsa"]],
    )


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ToldPlace(_Told):
    """Where a document makes a claim."""

    document: str = Field(description="Id of the document.", examples=["document:casey-audit-2025"])
    locator: str | None = Field(None, description="The place in words.", examples=["p. 17, recommendation 3"])
    page: int | None = Field(None, description="The page, where there is one.", examples=[17])
    anchor: str | None = Field(None, description="A few words that stand there.", examples=["should be mandatory"])
    version: str | None = Field(None, description="Which version of it.", examples=["version:casey~2025-06-16"])


class ToldClaim(_Told):
    """A claim; what it has not is not given."""

    id: str = Field(description="Its id.", examples=["claim:7d1f"])
    subject: str = Field(description="Of what or whom it speaks.", examples=["inquiry:casey-audit-2025"])
    predicate: str = Field(description="A property or a relationship type.", examples=["COMMISSIONED_BY"])
    object: str | None = Field(None, description="The other end of a relationship.", examples=["body:home-office"])
    value: str | None = Field(None, description="The value of a property.", examples=["2025-06-16"])
    qualifiers: dict[str, Any] | None = Field(
        None, description="Role, position, words … as the relationship type has them.", examples=[{"role": "chair"}]
    )
    dates: str | None = Field(None, description="When it was so, as the document says it.", examples=["on 2025-02"])
    bounds: list[str | None] | None = Field(
        None,
        description="From the earliest and latest start to the earliest and latest end; null is unlimited.",
        examples=[_BOUNDS],
    )
    known: str | None = Field(None, description="By when it was public, at the latest.", examples=["2025-06-16"])
    of_register: bool | None = Field(
        None, description="True for a list of states, which known time does not limit.", examples=[True]
    )
    recorded: str = Field(description="Since when this graph says it.", examples=["2026-11-27T10:00:00Z"])
    method: str = Field(description="How it was read.", examples=["curated"])
    review: str = Field(description="checked or unchecked.", examples=["checked"])
    by: str | None = Field(None, description="Who says it, where a document reports somebody.", examples=["person:x"])
    places: list[ToldPlace] = Field(description="Where documents make it; never empty.", examples=[[]])
    rivals: list[str] | None = Field(None, description="Claims that it cannot stand beside.", examples=[["claim:99"]])


class ToldEntity(_Told):
    """An entity with what is said of it alone."""

    id: str = Field(description="Its id.", examples=["body:home-office"])
    name: str = Field(description="Its name, or its id where none is known.", examples=["Home Office"])
    kind: str = Field(description="Its kind.", examples=["Body"])
    sub_kind: str | None = Field(description="Its sub-kind.", examples=["Department"])
    date: list[str | None] | None = Field(
        description="First and last day; no last day where it may last still.", examples=[["2014-08-26", None]]
    )
    summary: str | None = Field(description="What it is, in the curator's words.", examples=["An audit of 2025."])
    unchecked: bool = Field(description="Whether no document that was seen speaks of it.", examples=[False])
    relationships: int = Field(description="How many it has in the current view of the graph.", examples=[12])
    values: list[ToldClaim] = Field(description="What is said of it alone.", examples=[[]])


class ToldRelationship(_Told):
    """A relationship in one period; what it is not is not given."""

    id: str = Field(description="That of its first claim.", examples=["claim:7d1f"])
    subject: str = Field(description="Where it begins.", examples=["inquiry:casey-audit-2025"])
    predicate: str = Field(description="Its type.", examples=["COMMISSIONED_BY"])
    object: str = Field(description="Where it ends.", examples=["body:home-office"])
    time_class: str = Field(description="state, happening or timeless.", examples=["happening"])
    bounds: list[str | None] | None = Field(
        None, description="When it was so, as far as its claims agree.", examples=[_BOUNDS]
    )
    known: str | None = Field(None, description="By when the first claim was public.", examples=["2025-06-16"])
    documents: int = Field(description="How many documents say so.", examples=[2])
    reading: bool | None = Field(None, description="True where all claims are readings.", examples=[True])
    disputed: bool | None = Field(None, description="True where documents contradict it.", examples=[True])
    unchecked: bool | None = Field(None, description="True where nobody has checked a claim.", examples=[True])
    claims: list[ToldClaim] = Field(description="The claims that make it; never empty.", examples=[[]])


class ToldLeft(_Told):
    """Neighbours by one relationship type and direction."""

    predicate: str = Field(description="The relationship type.", examples=["TARGETS"])
    direction: str = Field(description="forward, or backward where it leads to the entity.", examples=["backward"])
    words: str = Field(description="The type as it reads from the entity.", examples=["is a target of"])
    total: int = Field(description="How many neighbours there are.", examples=[44])
    left_out: int = Field(description="How many of them are neither shown nor given here.", examples=[40])


class ToldDocument(_Told):
    """A document that is cited."""

    title: str = Field(description="Its title.", examples=["National audit"])
    url: str | None = Field(None, description="Where it is.", examples=["https://www.gov.uk/"])


class Neighbours(_Told):
    """An entity, its next neighbours, and the relationships between all that is shown then."""

    id: str = Field(description="The entity.", examples=["inquiry:casey-audit-2025"])
    entities: list[ToldEntity] = Field(description="The entity, then its neighbours by rank.", examples=[[]])
    relationships: list[ToldRelationship] = Field(
        description="Those between the entities given, and to those shown.", examples=[[]]
    )
    documents: dict[str, ToldDocument] = Field(description="The documents that are cited, by id.", examples=[{}])
    names: dict[str, str] = Field(
        description="Names of entities that are spoken of and not given.",
        examples=[{"body:home-office": "Home Office"}],
    )
    rivals: dict[str, ToldClaim] = Field(
        description="Claims that contradict what is given, where they are not given themselves.", examples=[{}]
    )
    seeds: list[str] = Field(description="The entity.", examples=[["inquiry:casey-audit-2025"]])
    chosen: str = Field(description="How the entities were chosen.", examples=["The entities that were asked for."])
    left: list[ToldLeft] = Field(description="What is left out, by type and direction.", examples=[[]])
    limit: int = Field(description="How many were asked for at the most.", examples=[25])
    total: int = Field(
        description="Neighbours that were not shown, over all types: related by two, one counts twice.", examples=[40]
    )
    truncated: bool = Field(description="Whether there are more than were given.", examples=[True])
    left_out: dict[str, Any] = Field(
        description="Claims that are left out.", examples=[{"unchecked": 0, "relation": "eq"}]
    )
    times: dict[str, str | None] = Field(
        description="The times asked about.", examples=[{"known_at": None, "recorded_at": None}]
    )
