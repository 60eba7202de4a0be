"""A load that would lose much of what its source said is refused, and says what would vanish."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from graph.errors import LoadRefused
from graph.schema import Claim, GivenDates, Source, make_claim
from graph.schema.loads import Closing, LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.writer import LoadReport, write_load

SOURCE = Source(document="document:register", published="2026-01-01")


def name(number: int, text: str = "") -> Claim:
    value = text or f"Body {number}"
    return make_claim(f"body:b{number}", "name", value=value, source=SOURCE, locator="row", record_key=f"b{number}")


def succession(number: int) -> Claim:
    return make_claim(
        f"body:b{number}", "SUCCEEDED_BY", target=f"body:b{number + 1}", source=SOURCE, locator="row",
        record_key=f"s{number}", dates=GivenDates(on="2020-01-01"),
    )  # fmt: skip


def term(number: int, until: str | None = "2015-01-01", acting: str | None = None) -> Claim:
    return make_claim(
        f"person:p{number}", "HELD", target="office:o", source=SOURCE, locator="row", record_key=f"t{number}",
        dates=GivenDates(since="2014-01-01", until=until), qualifiers={"acting": acting} if acting else {},
    )  # fmt: skip


def load(
    connection: Connection, name: str, claims: Iterable[Claim], *, rows: int | None = None, **more: object
) -> LoadReport:
    inputs = (LoadInput(name="table.csv", sha256=name.ljust(64, "0"), rows=rows),)
    closings = more.pop("closings", ())
    request = LoadRequest("test", "register", inputs, list(claims), closings=closings)  # type: ignore[arg-type]
    return write_load(connection, request, **more)  # type: ignore[arg-type]


def refusal(connection: Connection, claims: Iterable[Claim], **more: object) -> tuple[str, list[str]]:
    with pytest.raises(LoadRefused) as caught:
        load(connection, "newer", claims, **more)
    assert caught.value.hint is not None
    assert "--accept-shrinkage" in caught.value.hint
    return caught.value.message, list(caught.value.details)


def test_one_predicate_that_shrinks_is_refused_while_the_whole_does_not(clean_graph: Connection) -> None:
    names = [name(number) for number in range(100)]
    load(clean_graph, "older", [*names, *(succession(number) for number in range(10))])
    message, details = refusal(clean_graph, [*names, *(succession(number) for number in range(8))])
    assert message == "this load would drop 2 of the 110 claims that register makes"
    assert details[0] == "SUCCEEDED_BY of Body: 10 before, 8 now"
    assert sorted(details[1:]) == [
        "    such as body:b8 SUCCEEDED_BY body:b9 on 2020-01-01",
        "    such as body:b9 SUCCEEDED_BY body:b10 on 2020-01-01",
    ]


def test_a_tenth_of_a_predicate_may_go(clean_graph: Connection) -> None:
    names = [name(number) for number in range(100)]
    load(clean_graph, "older", [*names, *(succession(number) for number in range(10))])
    assert load(clean_graph, "newer", [*names, *(succession(number) for number in range(9))]).closed == 1


def test_a_column_that_comes_blank_is_refused_though_no_claim_is_missing(clean_graph: Connection) -> None:
    names = [name(number) for number in range(300)]
    load(clean_graph, "older", [*names, *(term(number) for number in range(20))])
    message, details = refusal(clean_graph, [*names, *(term(number, until=None) for number in range(20))])
    assert message == "this load would drop 20 of the 320 claims that register makes"
    assert details[0] == "HELD of Person with an end: 20 before, 0 now"
    examples = {f"    such as person:p{number} HELD office:o from 2014-01-01 until 2015-01-01" for number in range(20)}
    assert len(set(details[1:]) & examples) == len(details[1:]) == 3


def test_a_qualifier_that_comes_blank_is_refused(clean_graph: Connection) -> None:
    names = [name(number) for number in range(300)]
    load(clean_graph, "older", [*names, *(term(number, acting="yes") for number in range(12))])
    _, details = refusal(clean_graph, [*names, *(term(number) for number in range(12))])
    assert details[0] == "HELD of Person with acting: 12 before, 0 now"


def test_other_words_in_the_same_place_are_no_loss(clean_graph: Connection) -> None:
    """A third of the names of 30 bodies changes among 300 claims: what changes is not what vanishes."""
    terms = [term(number) for number in range(300)]
    load(clean_graph, "older", [*terms, *(name(number) for number in range(30))])
    newer = [name(number, "Renamed" if number < 10 else "") for number in range(30)]
    report = load(clean_graph, "newer", [*terms, *newer])
    assert (report.new, report.closed) == (10, 10)


def test_few_claims_of_a_kind_may_go(clean_graph: Connection) -> None:
    names = [name(number) for number in range(100)]
    load(clean_graph, "older", [*names, *(succession(number) for number in range(9))])
    assert load(clean_graph, "newer", names).closed == 9


def test_what_is_withdrawn_by_name_is_no_shrinkage(clean_graph: Connection) -> None:
    names = [name(number) for number in range(100)]
    successions = [succession(number) for number in range(10)]
    load(clean_graph, "older", [*names, *successions])
    closings = tuple(Closing(claim=claim.id, reason="our_error") for claim in successions[5:])
    assert load(clean_graph, "newer", [*names, *successions[:5]], closings=closings).closed == 5


def test_a_table_with_far_fewer_rows_is_refused(clean_graph: Connection) -> None:
    """Also where what is left says as much as before."""
    names = [name(number) for number in range(100)]
    load(clean_graph, "older", names, rows=200)
    _, details = refusal(clean_graph, names, rows=150)
    assert details[0] == "table.csv: 200 rows before, 150 now"
    assert load(clean_graph, "newer", names, rows=150, accept_shrinkage=True).outcome == "loaded"
    assert load(clean_graph, "newest", names, rows=140).outcome == "loaded"


def test_a_refused_load_changes_nothing(clean_graph: Connection) -> None:
    names = [name(number) for number in range(100)]
    load(clean_graph, "older", names)
    message, details = refusal(clean_graph, names[:80])
    assert message == "this load would drop 20 of the 100 claims that register makes"
    assert details[0] == "name of Body: 100 before, 80 now"
    rows = clean_graph.read(
        "MATCH (l:Load) RETURN count(l) AS loads, COUNT { (c:Claim) WHERE c.retracted_at IS NULL } AS live"
    )
    assert rows == [{"loads": 1, "live": 100}]
