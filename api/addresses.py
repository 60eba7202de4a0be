"""Named queries under addresses of their own: one table, from which routes, their description and the docs are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.queries import NamedQuery
from graph.queries.definition import Parameter

__all__ = ["ADDRESSES", "COLLECTIONS", "Address"]

COLLECTIONS: Final[Mapping[str, str]] = {
    "Body": "bodies",
    "Office": "offices",
    "Inquiry": "inquiries",
    "Document": "documents",
    "Recommendation": "recommendations",
    "Event": "events",
}
"""The kinds of entities that have addresses of their own, beside `/v1/entities`."""


@dataclass(frozen=True)
class Address:
    """Where a named query answers too: below an entity that gives one parameter, or as a list of its own."""

    query: str
    path: str
    """Below the entity, or below `/v1`."""
    kind: str | None = None
    """The kind of entity whose address it is; `Entity` for any, None for a list."""
    parameter: str | None = None
    """The parameter of the query that the entity gives."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Parameters that are called otherwise here, by their names in the query."""
    without: tuple[str, ...] = ()
    """Parameters that mean nothing here."""

    @property
    def template(self) -> str:
        """The whole address, with `{id}` for the entity."""
        if self.kind is None:
            return f"/v1/{self.path}"
        return f"/v1/{COLLECTIONS.get(self.kind, 'entities')}/{{id}}/{self.path}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that the entity may have; empty for any."""
        return () if self.kind in {None, "Entity"} else (str(self.kind),)

    @property
    def name(self) -> str:
        """What tells it from the others, for programs."""
        words = self.template.removeprefix("/v1/").replace("{id}", "").split("/")
        return "-".join(word for word in words if word)

    def parameters(self, query: NamedQuery) -> list[tuple[str, Parameter]]:
        """The parameters that it takes, each by its name here."""
        left = [p for p in query.parameters if p.name != self.parameter and p.name not in self.without]
        return [(self.renamed.get(p.name, p.name), p) for p in left]


ADDRESSES: Final = (
    Address("recommendations", "recommendations"),
    Address("inquiries", "inquiries"),
    Address("recommendation-targets", "targets", "Recommendation", "recommendation", without=("inquiry",)),
    Address("recommendation-responses", "responses", "Recommendation", "recommendation"),
    Address("recommendation-assessments", "assessments", "Recommendation", "recommendation", without=("inquiry",)),
    Address("repeated-recommendations", "repeats", "Recommendation", "recommendation", without=("inquiry",)),
    Address("recommendation-trail", "trail", "Recommendation", "recommendation"),
    Address("body-recommendations", "recommendations", "Body", "body"),
    Address("body-offices", "offices", "Body", "body"),
    Address("body-succession", "succession", "Body", "body"),
    Address("office-holders", "holders", "Office", "office", without=("body",)),
    Address("in-office-when", "office-holders", "Event", "about"),
    Address("document-claims", "claims", "Document", "document"),
    Address("document-impact", "impact", "Document", "document"),
    Address("entity-relationships", "relationships", "Entity", "entity"),
    Address("timeline", "timeline", "Entity", "entity"),
    Address("disputed-claims", "disputes"),
    Address("paths", "paths", renamed={"start": "from", "end": "to"}),
)
