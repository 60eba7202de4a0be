"""The questions that the page of an entity answers, by its kind, beside what documents say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from graph.store.connection import Row
from viz.asker import Asker
from viz.holders import holders_of_body, holders_of_office
from viz.inquiry_tables import recommended_by
from viz.recommended import recommended_to
from viz.tables import Column, Part, Table

__all__ = ["tables_of"]

_LONGER: Final = 50


def tables_of(asker: Asker, entity: str, kind: str) -> list[Table]:
    """The tables for an entity of a kind; those without rows are left out where they say nothing."""
    return [table for table in _OF_KIND.get(kind, _of_others)(asker, entity) if table["rows"]]


def _of_body(asker: Asker, body: str) -> list[Table]:
    return [
        recommended_to(asker, body),
        holders_of_body(asker, body, "In office now" if asker.times.valid_at is None else "In office then"),
        asker.table("body-succession", {"body": body}, "What came before and after it"),
        asker.table(
            "inquiries", {"body": body}, "Inquiries that it ordered, or that examine it", columns=_inquiry(asker)
        ),
        _timeline(asker, body),
    ]


def _of_office(asker: Asker, office: str) -> list[Table]:
    return [
        holders_of_office(asker, office),
        asker.table("recommendations", {"target": office}, "What was recommended to it"),
    ]


def _of_inquiry(asker: Asker, inquiry: str) -> list[Table]:
    given = {"inquiry": inquiry}
    return [
        asker.table("coverage", given, "What is loaded of it, and what is missing"),
        *recommended_by(asker, inquiry),
        asker.table("repeated-recommendations", given, "What had to be said again", limit=_LONGER),
        _timeline(asker, inquiry),
    ]


def _of_recommendation(asker: Asker, recommendation: str) -> list[Table]:
    given = {"recommendation": recommendation}
    return [
        asker.table("recommendation-targets", given, "Whom it targets"),
        asker.table("recommendation-responses", given, "Who answered it, and how"),
        asker.table("recommendation-assessments", given, "Who said what has become of it"),
        asker.table("repeated-recommendations", given, "What had to be said again"),
        asker.table("recommendation-trail", given, "From the day it was made until now", limit=_LONGER),
    ]


def _of_document(asker: Asker, document: str) -> list[Table]:
    given = {"document": document}
    return [
        asker.table("document-impact", given, "What rests on it", limit=_LONGER),
        asker.table("document-claims", given, "What it says, and where", limit=_LONGER),
    ]


def _of_place(asker: Asker, place: str) -> list[Table]:
    return [
        asker.table("inquiries", {"place": place}, "Inquiries that examine it", columns=_inquiry(asker)),
        _timeline(asker, place),
    ]


def _of_others(_: Asker, __: str) -> list[Table]:
    return []


def _timeline(asker: Asker, entity: str) -> Table:
    columns = [asker.column("timeline", name) for name in ("date", "what", "item", "role")]
    columns[1] = Column("what", columns[1].meaning, _what)
    return asker.table("timeline", {"entity": entity}, "What happened, in order", columns=columns, limit=_LONGER)


def _what(row: Row) -> list[Part]:
    return [{"text": str(row["what"]).replace("_", " ").lower(), "href": None}]


def _inquiry(asker: Asker) -> list[Column]:
    names = ("inquiry", "form", "announced", "requested_by", "commissioned_by", "led_by", "recommendations")
    return [asker.column("inquiries", name) for name in names]


_OF_KIND: Final[Mapping[str, Callable[[Asker, str], list[Table]]]] = {
    "Body": _of_body,
    "Office": _of_office,
    "Inquiry": _of_inquiry,
    "Recommendation": _of_recommendation,
    "Document": _of_document,
    "Place": _of_place,
    "Person": lambda asker, person: [_timeline(asker, person)],
    "Topic": lambda asker, topic: [asker.table("recommendations", {"topic": topic}, "Recommendations about it")],
    "Group": lambda asker, group: [asker.table("recommendations", {"target": group}, "What was recommended to it")],
}
