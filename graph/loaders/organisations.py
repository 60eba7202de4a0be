"""Organisations: a listing with parents and successions, and a register of codes with other names and end dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates
from graph.schema.dates import UNKNOWN
from graph.schema.ids import name_key

__all__ = ["code_claims", "listing_claims"]


class ListingSettings(BaseModel):
    """What the words of a listing mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    content_scheme: str
    kinds: dict[str, str]
    """Sub-kinds of bodies by the word of the listing; other words give none."""
    successions: dict[str, str]
    """How a body was succeeded, by the reason for which it closed."""
    closed: str
    """The status of what is no more."""


class _Fate(BaseModel):
    """What the listing says of the end of an organisation."""

    model_config = ConfigDict(frozen=True)

    how: str | None
    is_closed: bool
    closed_on: str | None

    @property
    def dates(self) -> GivenDates:
        """Of what it was part of: until it closed, on an unknown day where the listing does not say when."""
        return GivenDates(until=self.closed_on or UNKNOWN) if self.is_closed else GivenDates()


def listing_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a listing of organisations."""
    settings = reading.settings(ListingSettings)
    fates = dict(reading.look("organisations", lambda row: _fate(settings, row)))
    yield from reading.each("organisations", lambda row: _organisation(reading, settings, fates, row))


def _fate(settings: ListingSettings, row: Row) -> tuple[str, _Fate]:
    how = settings.successions.get(row.text("closed_status") or "")
    is_closed = row.text("status") == settings.closed
    return row.needed("slug"), _Fate(how=how, is_closed=is_closed, closed_on=row.date("closed_at"))


def _organisation(reading: Reading, settings: ListingSettings, fates: dict[str, _Fate], row: Row) -> Iterator[Claim]:
    slug = row.needed("slug")
    body = own_id("body", f"{settings.scheme}:{slug}")
    row.skip("status", "closed_status")
    closed_on = row.date("closed_at")
    kind = settings.kinds.get(row.needed("format"), "Body")
    content = f"{settings.content_scheme}:{row.needed('content_id')}"
    yield from reading.names(row, body, kind, row.needed("title"), f"{settings.scheme}:{slug}", content)
    for predicate, value in (
        ("other_name", row.text("abbreviation")),
        ("url", row.text("url")),
        ("ended", closed_on),
    ):
        if value is not None:
            yield reading.says(row, body, predicate, value=value)
    for parent, child in _links(row, "parents", "children", slug):
        if _are_listed(reading, row, fates, parent, child):
            dates = fates[child].dates
            yield _link(reading, settings, row, "PART_OF", (child, parent), dates=dates)
    for before, after in _links(row, "predecessors", "successors", slug):
        if _are_listed(reading, row, fates, before, after):
            how = fates[before].how
            yield _link(reading, settings, row, "SUCCEEDED_BY", (before, after), qualifiers={"how": how} if how else {})


def _links(row: Row, above: str, below: str, slug: str) -> list[tuple[str, str]]:
    """Both lists of an organisation as pairs: the two sides do not quite agree, and their union counts."""
    return [
        *((_slug_of(item), slug) for item in row.records(above)),
        *((slug, _slug_of(item)) for item in row.records(below)),
    ]


def _slug_of(item: dict[str, Any]) -> str:
    return str(item.get("id") or "").rstrip("/").rpartition("/")[2]


def _are_listed(reading: Reading, row: Row, fates: dict[str, _Fate], *slugs: str) -> bool:
    for slug in slugs:
        if slug not in fates:
            reading.remark(row, f"it leads to `{slug}`, which the listing does not hold: that link is left out")
            return False
    return True


def _link(
    reading: Reading, settings: ListingSettings, row: Row, predicate: str, ends: tuple[str, str], **more: Any
) -> Claim:
    subject, target = (own_id("body", f"{settings.scheme}:{slug}") for slug in ends)
    return reading.says(row, subject, predicate, target, key=f"{predicate} {' '.join(ends)}", **more)


class CodeSettings(BaseModel):
    """Schemes of a register's codes, and of the listing to which it maps them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    listing_scheme: str


def code_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a register of codes; one that maps to the listing is that body, others are bodies of their own."""
    settings = reading.settings(CodeSettings)
    slugs = dict(reading.look("slugs", lambda row: (row.needed("code"), row.needed("slug"))))
    registered: dict[str, set[str]] = {}
    for code, name in reading.look("organisations", lambda row: (row.needed("code"), row.needed("name"))):
        registered.setdefault(code, set()).add(name_key(name))
    yield from reading.each("organisations", lambda row: _registered(settings, reading, slugs, row))
    yield from reading.each("names", lambda row: _alias(settings, reading, slugs, registered, row))


def _body_of(settings: CodeSettings, slugs: dict[str, str], code: str) -> str:
    slug = slugs.get(code)
    return own_id("body", f"{settings.listing_scheme}:{slug}" if slug else f"{settings.scheme}:{code}")


def _registered(settings: CodeSettings, reading: Reading, slugs: dict[str, str], row: Row) -> Iterable[Claim]:
    code, name = row.needed("code"), row.needed("name")
    body = _body_of(settings, slugs, code)
    key = f"{row.file} {code}"
    yield reading.says(row, body, "kind", value="Body", key=key)
    yield reading.says(row, body, "name", value=name, key=key, dates=GivenDates(on=reading.as_at))
    yield reading.says(row, body, "identifier", value=f"{settings.scheme}:{code}", key=key)
    for predicate in ("started", "ended"):
        value = row.date(predicate)
        if value is not None:
            yield reading.says(row, body, predicate, value=value, key=key)


def _alias(
    settings: CodeSettings, reading: Reading, slugs: dict[str, str], registered: dict[str, set[str]], row: Row
) -> Iterable[Claim]:
    """Another name of a code; one that only folds the registered name says nothing new."""
    code, name = row.needed("code"), row.needed("name")
    if code not in registered:
        raise SchemaError(f"there is no organisation {code}")
    if name_key(name) not in registered[code]:
        yield reading.says(row, _body_of(settings, slugs, code), "other_name", value=name)
