"""Recommendations of inquiries, each with the answer to it: who answered, when, where, and with which position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates

__all__ = ["claims"]

T = TypeVar("T")

_OPENING = re.compile(r"That (?:as soon as reasonably (?:possible|practicable) )?|For all civil emergency exercises, ")


class _Named(BaseModel):
    """An entity that a source names; `name` where this source is the one to say what it is called."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str | None = None
    kind: str | None = None


class _Inquiry(_Named):
    form: str
    short: str
    """For the names of its recommendations."""


class _Published(_Named):
    publisher: str
    number: str


class Target(BaseModel):
    """Words with which a recommendation says who is to act, and whom they mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str
    means: tuple[str, ...]


class Settings(BaseModel):
    """What the words of the source mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    positions: dict[str, str]
    inquiries: dict[str, _Inquiry]
    documents: dict[str, _Published]
    responders: dict[str, tuple[str, ...]]
    """The bodies that a printed responder means."""
    entities: tuple[_Named, ...] = ()
    """Responders and targets that no other source knows."""
    targets: tuple[Target, ...]


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a table with one row for each recommendation and its answer."""
    settings = Settings.model_validate(reading.description.settings)
    own = {entity.id: entity for entity in settings.entities}
    yield from reading.each("recommendations", lambda row: _recommendation(reading, settings, own, row))


def _recommendation(reading: Reading, settings: Settings, own: dict[str, _Named], row: Row) -> Iterator[Claim]:
    key, number, title = row.needed("key"), row.needed("number"), row.text("title")
    inquiry = _known(settings.inquiries, row.needed("inquiry"), "inquiry")
    report = _known(settings.documents, row.needed("report"), "report")
    item = own_id("recommendation", f"{settings.scheme}:{key}")
    yield from _inquiry(reading, settings, row, inquiry)
    yield from _document(reading, row, report, "report", row.date("report_date"))
    if reading.is_first(f"{inquiry.id} {report.id}"):
        yield reading.says(row, inquiry.id, "PRODUCED", report.id, key=report.id)
    heading = f"{inquiry.short}, recommendation {number}"
    yield from reading.names(row, item, "Recommendation", f"{heading}: {title}" if title else heading)
    yield reading.says(row, item, "number", value=number)
    paragraph = row.text("paragraph")
    yield reading.says(row, item, "MADE_IN", report.id, also_at=f"paragraph {paragraph}" if paragraph else None)
    words, answer = row.needed("text"), row.text("answer")
    if answer is None:
        reading.remark(row, "its text could not be parted from the answer and may be cut off: it is left out")
    else:
        yield reading.says(row, item, "text", value=words)
    for entity, written in _targets(settings, words):
        yield from _own_entity(reading, row, own, entity)
        qualifiers = {"role": "must_act", "as_written": written}
        yield reading.says(row, item, "TARGETS", entity, qualifiers=qualifiers, method="reading")
    yield from _answer(reading, settings, own, row, item, heading)


def _answer(
    reading: Reading, settings: Settings, own: dict[str, _Named], row: Row, item: str, heading: str
) -> Iterator[Claim]:
    """The answer is a decision of its responder, with the position that the data set gives."""
    document = _known(settings.documents, row.needed("response"), "document")
    day, responder = row.date("response_date"), row.needed("responder")
    row.skip("file")
    place = f"{document.number}, page {row.needed('page')}"
    position = _known(settings.positions, row.needed("position"), "position")
    decision = own_id("decision", f"{settings.scheme}:{row.key}")
    dates = GivenDates(on=day)
    yield from _document(reading, row, document, "response", day)
    yield reading.says(row, decision, "kind", value="Decision")
    yield reading.says(row, decision, "name", value=f"Answer to {heading}")
    yield reading.says(row, decision, "form", value="response")
    if day is not None:
        yield reading.says(row, decision, "date", value=day)
    for body in _known(settings.responders, responder, "responder"):
        yield from _own_entity(reading, row, own, body)
        yield reading.says(row, decision, "MADE_BY", body, dates=dates, also_at=place)
    yield reading.says(
        row, decision, "RESPONDS_TO", item, dates=dates, qualifiers={"position": position}, also_at=place
    )
    yield reading.says(row, decision, "ANNOUNCED_IN", document.id, dates=dates)


def _targets(settings: Settings, text: str) -> Iterator[tuple[str, str]]:
    """Whom the recommending clause names first as the one to act; whoever is named later is no target."""
    opening = re.search(r"\b[Ww]e (?:therefore )?recommend that ", text) or _OPENING.match(text)
    rest = text[opening.end() :] if opening is not None else text
    for target in settings.targets:
        match = re.match(rf"(?:the |The )?{re.escape(target.words)}(?![\w’])", rest)
        if match is not None:
            yield from ((entity, match.group()) for entity in target.means)
            return


def _inquiry(reading: Reading, settings: Settings, row: Row, inquiry: _Inquiry) -> Iterator[Claim]:
    if reading.is_first(inquiry.id):
        yield reading.says(row, inquiry.id, "kind", value="Inquiry", key=inquiry.id)
        yield reading.says(row, inquiry.id, "name", value=_name_of(settings.inquiries, inquiry), key=inquiry.id)
        yield reading.says(row, inquiry.id, "form", value=inquiry.form, key=inquiry.id)


def _name_of(named: dict[str, _Inquiry], wanted: _Inquiry) -> str:
    return wanted.name or next(name for name, entity in named.items() if entity == wanted)


def _document(reading: Reading, row: Row, document: _Published, form: str, day: str | None) -> Iterator[Claim]:
    if not reading.is_first(document.id):
        return
    for predicate, value in (
        ("kind", "Document"),
        ("name", document.name),
        ("form", form),
        ("published", day),
        ("publisher_number", document.number),
        ("licence", reading.description.licence),
    ):
        if value is not None:
            yield reading.says(row, document.id, predicate, value=value, key=document.id)
    yield reading.says(row, document.id, "PUBLISHED_BY", document.publisher, key=document.id)


def _own_entity(reading: Reading, row: Row, own: dict[str, _Named], entity: str) -> Iterator[Claim]:
    named = own.get(entity)
    if named is not None and named.name is not None and reading.is_first(entity):
        yield reading.says(row, entity, "kind", value=named.kind, key=entity)
        yield reading.says(row, entity, "name", value=named.name, key=entity)


def _known(known: dict[str, T], word: str, what: str) -> T:
    if word not in known:
        raise SchemaError(f"the description does not know the {what} {word!r}")
    return known[word]
