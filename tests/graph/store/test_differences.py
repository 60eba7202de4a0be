"""Loads of one source compared: what a later one closed, opened and cited again; and steps back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.errors import InputError, LoadRefused
from graph.schema import Claim, DocumentVersion, GivenDates, Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.differences import compare_loads
from graph.store.integrity import check_graph
from graph.store.writer import LoadReport, write_load

BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
BEFORE, AFTER = "2025-06-01", "2026-06-01"


def version(day: str) -> DocumentVersion:
    return DocumentVersion(document="document:register", published=day)


def source(day: str) -> Source:
    return Source(document="document:register", version=version(day), is_register=True)


def name(entity: str, text: str, day: str) -> Claim:
    return make_claim(entity, "name", value=text, source=source(day), locator="row 1", record_key=entity)


def term(until: str | None, day: str) -> Claim:
    return make_claim(
        "person:p", "HELD", target="office:o", source=source(day), locator="row 2", record_key="t",
        dates=GivenDates(since="2014-01-01", until=until),
    )  # fmt: skip


def older(day: str = BEFORE) -> list[Claim]:
    return [name("office:o", "An office", day), name("person:p", "P", day), name("body:b", "B", day), term(None, day)]


def newer(day: str = AFTER) -> list[Claim]:
    return [name("office:o", "An office", day), name("person:p", "P", day), term("2020-01-01", day)]


def load(
    connection: Connection, at: int, day: str, claims: Iterable[Claim], *, name: str = "register", **more: Any
) -> LoadReport:
    inputs = (LoadInput(name=f"{day} {at}", sha256="0" * 64),)
    request = LoadRequest("test", name, inputs, list(claims), versions=(version(day),))
    return write_load(connection, request, now=lambda: BEGIN + timedelta(days=at), accept_shrinkage=True, **more)


def changes(connection: Connection, *loads: str, cited_again: bool = False) -> list[tuple[Any, ...]]:
    comparison = compare_loads(connection, *loads)
    rows = [record.data() for record in comparison.changes(connection, cited_again=cited_again)]
    return [
        (row["change"], row["subject"], row["predicate"], row["object"] or row["value"], row["until"]) for row in rows
    ]


def test_a_later_load_is_compared_with_an_earlier_one(clean_graph: Connection) -> None:
    one = load(clean_graph, 0, BEFORE, older())
    other = load(clean_graph, 10, AFTER, newer())
    assert changes(clean_graph, one.load, other.load) == [
        ("closed", "body:b", "name", "B", None),
        ("closed", "person:p", "HELD", "office:o", None),
        ("opened", "person:p", "HELD", "office:o", "2020-01-01"),
    ]
    assert changes(clean_graph, "register", cited_again=True)[3:] == [
        ("cited again", "office:o", "name", "An office", None),
        ("cited again", "person:p", "name", "P", None),
    ]
    comparison = compare_loads(clean_graph, "register")
    assert comparison.counts(clean_graph) == {"opened": 1, "closed": 2, "cited_again": 2}
    row = next(record.data() for record in comparison.changes(clean_graph))
    assert (row["reason"], row["closed_by"], row["document"], row["locator"]) == (
        "source_changed", other.load, "document:register", "row 1",
    )  # fmt: skip


def test_loads_that_are_not_neighbours_are_compared_over_what_lies_between(clean_graph: Connection) -> None:
    first = load(clean_graph, 0, BEFORE, older())
    load(clean_graph, 10, AFTER, [*newer(), name("body:c", "C", AFTER)])
    third = load(clean_graph, 20, "2026-07-01", [*newer("2026-07-01"), name("body:b", "B", "2026-07-01")])
    between = changes(clean_graph, first.load, third.load)
    assert ("opened", "body:c", "name", "C", None) not in between
    assert between == [
        ("closed", "body:b", "name", "B", None),
        ("opened", "body:b", "name", "B", None),
        ("closed", "person:p", "HELD", "office:o", None),
        ("opened", "person:p", "HELD", "office:o", "2020-01-01"),
    ]


def test_what_other_sources_load_in_between_is_not_compared(clean_graph: Connection) -> None:
    load(clean_graph, 0, BEFORE, older())
    load(
        clean_graph,
        5,
        BEFORE,
        [make_claim("body:x", "name", value="X", source=Source(document="document:other"), locator="p. 1")],
        name="other",
    )
    load(clean_graph, 10, AFTER, newer())
    assert "body:x" not in {subject for _, subject, *_ in changes(clean_graph, "register")}


def test_what_cannot_be_compared_is_told(clean_graph: Connection) -> None:
    one = load(clean_graph, 0, BEFORE, older())
    with pytest.raises(InputError, match="was loaded once only"):
        compare_loads(clean_graph, "register")
    other = load(clean_graph, 1, BEFORE, older(), name="other")
    two = load(clean_graph, 10, AFTER, newer())
    for loads, message in (
        ((one.load, other.load), "is of register, and"),
        ((two.load, one.load), "is not later than"),
        ((one.load, "load:nothing"), "there is no load load:nothing"),
        (("load:", two.load), "several loads begin with"),
        (("regster",), "there is no load of a source `regster`"),
    ):
        with pytest.raises(InputError, match=message):
            compare_loads(clean_graph, *loads)


def test_an_older_version_is_refused_unless_it_is_meant(clean_graph: Connection) -> None:
    load(clean_graph, 0, AFTER, newer())
    with pytest.raises(LoadRefused, match=r"of 2026-06-01, and this one of 2025-06-01, which is older") as caught:
        load(clean_graph, 1, BEFORE, older())
    assert "--step-back" in str(caught.value.hint)
    assert clean_graph.read("MATCH (l:Load) RETURN count(l) AS loads") == [{"loads": 1}]


def test_a_step_back_is_marked_and_leads_forward_again(clean_graph: Connection) -> None:
    load(clean_graph, 0, BEFORE, older())
    load(clean_graph, 10, AFTER, newer())
    back = load(clean_graph, 20, BEFORE, older(), step_back=True)
    assert (back.outcome, back.returned, back.closed) == ("stepped back", 2, 1)
    closed = clean_graph.read("MATCH (c:Claim {closed_by: $load}) RETURN c.closing_note AS note", {"load": back.load})
    assert closed[0]["note"].startswith("a step back: the version of document:register that was loaded last")
    assert clean_graph.read("MATCH (l:Load {step_back: true}) RETURN l.id AS id") == [{"id": back.load}]
    forward = load(clean_graph, 30, AFTER, newer())
    assert (forward.outcome, forward.returned, forward.closed) == ("loaded", 1, 2)
    assert list(check_graph(clean_graph)) == []


def test_a_month_is_not_older_than_a_day_in_it(clean_graph: Connection) -> None:
    load(clean_graph, 0, "2026-02-10", older("2026-02-10"))
    assert load(clean_graph, 1, "2026-02", older("2026-02")).outcome == "loaded"
    with pytest.raises(LoadRefused, match="which is older"):
        load(clean_graph, 2, "2026-01", older("2026-01"))
