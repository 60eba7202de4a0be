"""People in posts, one row for each term."""

from __future__ import annotations

from collections.abc import Iterator

from graph.loaders.own.cells import Cells, Settings
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim

__all__ = ["claims"]


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a table of people in posts; one post is one by its name and its body, or by its identifier."""
    settings = reading.settings(Settings)
    yield from reading.each("rows", lambda row: _term(reading, settings, row))


def _term(reading: Reading, settings: Settings, row: Row) -> Iterator[Claim]:
    cells = Cells(reading, row, settings)
    yield from cells.cite()
    names = {name: cells.needed(name) for name in ("person", "post", "body")}
    ids = {name: cells.text(f"{name}_id") for name in names}
    dates = cells.terms()
    person = cells.own("person", names["person"], ids["person"])
    body = cells.own("body", names["body"], ids["body"])
    office = cells.own("office", f"{names['post']}, {ids['body'] or names['body']}", ids["post"])
    yield from cells.describe(person, "Person", names["person"], ids["person"])
    yield from cells.describe(body, cells.text("body_kind") or "Body", names["body"], ids["body"])
    yield from cells.describe(office, "Office", names["post"], ids["post"])
    yield cells.says(office, "OFFICE_OF", body, dates=dates)
    marks = {name: "yes" for name in ("acting", "interim") if cells.flag(name)}
    yield cells.says(person, "HELD", office, dates=dates, qualifiers=marks)
