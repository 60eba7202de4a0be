"""Coroners' Prevention of Future Deaths reports: whom each one addresses, and what a tracker says of the replies.

They make no recommendation. Nothing of the deceased is read, and no words on how anybody died.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.addressees import Addressee, read_addressee
from graph.loaders.directory import Directory
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.report_keys import ReportSigns, first_key, report_keys
from graph.loaders.rows import Row
from graph.schema import Claim
from graph.schema.ids import name_key

__all__ = ["claims"]

_DAYS: Final = ("%d/%m/%Y",)


class Settings(BaseModel):
    """Schemes, who works out the words on replies, and what a person judged of names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    area_scheme: str
    assessor: str
    answers_as_at: str
    nobody: tuple[str, ...]
    """Words in the list of addressees that name none."""


@dataclass
class _Context:
    reading: Reading
    settings: Settings
    directory: Directory
    nobody: frozenset[str]
    keys: dict[int, str]
    """Of the report in each row."""
    alone: frozenset[str]
    """Keys of the reports that share number and date with no other."""

    def addressee(self, name: str, day: str | None) -> Addressee | None:
        return read_addressee(
            name,
            date.fromisoformat(day) if day is not None else None,
            scheme=self.settings.scheme,
            directory=self.directory,
            nobody=self.nobody,
        )


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of the reports, then of the words on the single replies."""
    settings = Settings.model_validate(reading.description.settings)
    directory = Directory(reading.bodies, written_as=reading.written_as)
    signs = list(reading.look("reports", _signs))
    times = Counter(first_key(*report[1:4]) for report in signs)
    alone = frozenset(key for key, count in times.items() if count == 1)
    nobody = frozenset(map(name_key, settings.nobody))
    context = _Context(reading, settings, directory, nobody, report_keys(signs), alone)
    yield from reading.each("reports", lambda row: _report(context, row))
    yield from reading.each("answers", lambda row: _answer(context, row))


def _report(context: _Context, row: Row) -> Iterator[Claim]:
    reading, settings = context.reading, context.settings
    key, number, area = context.keys[row.number], row.text("number"), row.needed("area")
    day = row.date("date", forms=_DAYS)
    document = own_id("document", f"{settings.scheme}:{key}")
    title = f"Prevention of future deaths report {number or 'without a number'}, {area}"
    yield reading.says(row, document, "kind", value="Document")
    yield reading.says(row, document, "name", value=title)
    yield reading.says(row, document, "form", value="coroner_report")
    if number is not None:
        yield reading.says(row, document, "publisher_number", value=number)
    if day is not None:
        yield reading.says(row, document, "published", value=day)
    else:
        reading.remark(row, "it has no date: a name that belonged to two bodies leads to none")
    coroner = own_id("body", f"{settings.area_scheme}:{area}")
    yield from _once(reading, row, coroner, "Body", f"Coroner for {area}")
    yield reading.says(row, document, "WRITTEN_BY", coroner)
    seen: set[str] = set()
    for name in row.texts("addressees", "|"):
        addressee = context.addressee(name, day)
        if addressee is None:
            reading.remark(row, _why_left_out(context, name))
        elif addressee.own not in seen:
            seen.add(addressee.own)
            yield from _addressed(reading, row, document, addressee)
    told = own_id("assessment", f"{settings.scheme}:{key}")
    word, as_at = row.needed("replies"), row.date("captured")
    title = f"Replies to the report {number or 'without a number'}, {area}"
    yield from _assessment(context, row, told, title, word, as_at, document)


def _signs(row: Row) -> ReportSigns:
    number, day = row.text("number"), row.date("date", forms=_DAYS)
    return ReportSigns(row.number, number, day, row.needed("area"), row.text("addressees") or "")


def _why_left_out(context: _Context, name: str) -> str:
    """In the file of problems a name that may be private is not repeated."""
    if name_key(name.replace("[REDACTED]", "")) in context.nobody:
        return f"{name!r} names no addressee"
    return "an entry that names a person, or holds an address, is left out"


def _addressed(reading: Reading, row: Row, document: str, addressee: Addressee) -> Iterator[Claim]:
    """The claim keeps the source's own id of the addressee, whichever body it leads to."""
    if not addressee.is_known:
        yield from _once(reading, row, addressee.own, addressee.kind, addressee.name)
    claim = reading.says(row, document, "ADDRESSED_TO", addressee.own, qualifiers={"as_written": addressee.name})
    yield _led(claim, addressee)


def _led(claim: Claim, addressee: Addressee) -> Claim:
    if not addressee.is_known:
        return claim
    return claim.model_copy(update={"object": addressee.entity, "object_ref": addressee.own})


def _answer(context: _Context, row: Row) -> Iterator[Claim]:
    number, day, name = row.needed("number"), row.date("date", forms=_DAYS), row.needed("addressee")
    word = row.needed("replies")
    key = first_key(number, day)
    if key not in context.alone:
        reason = f"several reports, or none, have the number {number} and this date: its word is left out"
        context.reading.remark(row, reason)
        return
    addressee = context.addressee(name, day)
    if addressee is None:
        context.reading.remark(row, _why_left_out(context, name), key=number)
        return
    scheme = context.settings.scheme
    told = own_id("assessment", f"{scheme}:{key}~{addressee.own.partition('.')[2]}")
    title = f"Reply to report {number} by {addressee.name}"
    report = own_id("document", f"{scheme}:{key}")
    yield from _assessment(context, row, told, title, word, context.settings.answers_as_at, report)
    if not addressee.is_known:
        yield from _once(context.reading, row, addressee.own, addressee.kind, addressee.name)
    yield _led(context.reading.says(row, told, "CONCERNS", addressee.own), addressee)


def _assessment(
    context: _Context, row: Row, told: str, title: str, word: str, as_at: str | None, report: str
) -> Iterator[Claim]:
    """The tracker's own word: "overdue" says that no reply was published, not that there was none."""
    reading = context.reading
    if as_at is None:
        raise SchemaError("there is no day for the word on replies")
    yield reading.says(row, told, "kind", value="Assessment")
    yield reading.says(row, told, "name", value=title)
    yield reading.says(row, told, "words", value=word)
    yield reading.says(row, told, "date", value=as_at)
    yield reading.says(row, told, "ASSESSES", report)
    yield reading.says(row, told, "ASSESSED_BY", context.settings.assessor)
    yield reading.says(row, told, "MADE_IN", reading.source.document)


def _once(reading: Reading, row: Row, entity: str, kind: str, name: str) -> Iterator[Claim]:
    """What many rows name; the first spelling that folds to the same key is kept."""
    if reading.is_first(entity):
        yield reading.says(row, entity, "kind", value=kind, key=entity)
        yield reading.says(row, entity, "name", value=name, key=entity)
