"""Recommendations and the answers to them, one row for each answer, or for a recommendation without one."""

from __future__ import annotations

from collections.abc import Iterator

from graph.errors import SchemaError
from graph.loaders.own.cells import Cells, Settings
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates
from graph.schema.claims import LONGEST_ANCHOR

__all__ = ["claims"]

_OTHERS = {"Office": "office", "Group": "group"}


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a table of recommendations; each is one by its report and its number."""
    settings = reading.settings(Settings)
    yield from reading.each("rows", lambda row: _recommendation(reading, settings, row))


def _recommendation(reading: Reading, settings: Settings, row: Row) -> Iterator[Claim]:
    cells = Cells(reading, row, settings)
    yield from cells.cite()
    report, number, summary = (cells.needed(name) for name in ("report", "number", "summary"))
    document, said = cells.document(report, "report")
    yield from said
    item = cells.own("recommendation", f"{report} {number}", None)
    yield cells.says(item, "kind", value="Recommendation", key=item)
    yield cells.says(item, "name", value=summary, key=item)
    yield cells.says(item, "number", value=number, key=item)
    yield cells.says(item, "MADE_IN", document, key=item)
    yield from _targets(cells, item)
    yield from _answer(reading, cells, row, item, f"{report} {number}", number)


def _targets(cells: Cells, item: str) -> Iterator[Claim]:
    names = [name.strip() for name in (cells.text("targets") or "").split("|")]
    given = cells.text("target_ids")
    ids = [part.strip() or None for part in given.split("|")] if given else [None] * len(names)
    kind = cells.text("target_kind") or "Body"
    if len(ids) != len(names):
        raise SchemaError(f"`target_ids` has {len(ids)} parts, `targets` {len(names)}")
    for name, identifier in zip(names, ids, strict=True):
        if name:
            target = cells.own(_OTHERS.get(kind, "body"), name, identifier)
            yield from cells.describe(target, kind, name, identifier)
            yield cells.says(item, "TARGETS", target, qualifiers={"as_written": name}, key=item)


def _answer(reading: Reading, cells: Cells, row: Row, item: str, key: str, number: str) -> Iterator[Claim]:
    """Who answered is claimed only where the row says so: a target need not be the one that did."""
    words, position = cells.text("response"), cells.text("position")
    responder, identifier = cells.text("responder"), cells.text("responder_id")
    dates = GivenDates(on=cells.date("responded"))
    if position is None and words is None:
        return
    answer = cells.own("decision", f"{key} {responder or ''}".strip(), None)
    yield cells.says(answer, "kind", value="Decision")
    title = f"Response of {responder}" if responder else "Response"
    yield cells.says(answer, "name", value=f"{title} to recommendation {number}")
    yield cells.says(answer, "form", value="response")
    if dates.on is not None:
        yield cells.says(answer, "date", value=dates.on)
    qualifiers = {"position": position} if position else {}
    if words is not None and len(words.split()) <= LONGEST_ANCHOR:
        qualifiers["words"] = words
    elif words is not None:
        reading.remark(row, f"`response` has more than {LONGEST_ANCHOR} words: they are left out, the position stays")
    yield cells.says(answer, "RESPONDS_TO", item, dates=dates, qualifiers=qualifiers)
    if responder is not None:
        body = cells.own("body", responder, identifier)
        yield from cells.describe(body, "Body", responder, identifier)
        yield cells.says(answer, "MADE_BY", body, dates=dates)
