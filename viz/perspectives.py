"""Perspectives: what a view looks for, so that an entity that has to do with everything answers one question.

A perspective chooses entities, by the rows of a named query where one fits what the view begins with and otherwise by
ways of certain relationship types; and it says which relationships the page shows at first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from graph.errors import QueryError
from graph.schema.model import did_you_mean

__all__ = ["PERSPECTIVES", "Perspective", "perspective"]


@dataclass(frozen=True)
class Perspective:
    """What is looked for, and how it is shown."""

    name: str
    title: str
    types: tuple[str, ...] = ()
    """Relationship types that are followed and shown at first; all without."""
    query: tuple[str, str] | None = None
    """A named query whose rows hold what belongs to it, and the parameter that takes what the view begins with."""
    only: Literal["disputed", "cited"] | None = None
    """Of relationships, those that documents disagree on; those that the document makes with which the view begins."""
    layout: Literal["near", "time"] = "near"

    @property
    def drawn(self) -> dict[str, Any]:
        """As the page reads it."""
        return {"title": self.title, "types": list(self.types), "only": self.only, "layout": self.layout}


_ALL: Final = (
    Perspective(
        "responses",
        "Recommendations and responses",
        (
            "PRODUCED", "MADE_IN", "TARGETS", "REPEATS", "RESPONDS_TO", "MADE_BY", "ANNOUNCED_IN", "SERVES",
            "CARRIED_OUT_BY", "ASSESSES", "ASSESSED_BY",
        ),
    ),
    Perspective(
        "in-charge",
        "Who was in charge",
        ("HELD", "OFFICE_OF", "SUCCEEDED_BY", "RESPONSIBLE_FOR", "TARGETS", "LED_BY", "COMMISSIONED_BY", "MADE_BY"),
        ("in-office-when", "about"),
    ),
    Perspective(
        "reversals",
        "Decisions and reversals",
        ("MADE_BY", "ADDRESSED_TO", "RESPONDS_TO", "CONCERNS", "REVERSES", "ANNOUNCED_IN", "LED_TO", "REQUESTED_BY"),
        ("decision-reversals", "body"),
        layout="time",
    ),
    Perspective(
        "succession", "Succession of bodies", ("SUCCEEDED_BY", "PART_OF", "OFFICE_OF"), ("body-succession", "body")
    ),
    Perspective("disputes", "Disputes", query=("disputed-claims", "entity"), only="disputed"),
    Perspective("document", "What rests on a document", query=("document-claims", "document"), only="cited"),
)  # fmt: skip
PERSPECTIVES: Final = {one.name: one for one in _ALL}
"""By name, in the order in which they are offered."""


def perspective(name: str) -> Perspective:
    """The one called so; raises QueryError where there is none."""
    if name not in PERSPECTIVES:
        hint = did_you_mean(name, list(PERSPECTIVES)) or f"there are {', '.join(PERSPECTIVES)}"
        raise QueryError(f"there is no perspective `{name}`", hint=hint)
    return PERSPECTIVES[name]
