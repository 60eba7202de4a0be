"""Loads after loads: what the graph said on a day stays what it said, whoever loads what afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from graph.errors import LoadRefused
from graph.schema import Claim, DocumentVersion, GivenDates, Source, make_claim
from graph.schema.loads import Closing, LoadInput, LoadRequest
from graph.store.batches import check_load
from graph.store.connection import Connection
from graph.store.integrity import check_graph
from graph.store.writer import LoadReport, write_load

AskRows = Callable[..., list[dict[str, Any]]]
BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)


def on(day: int) -> datetime:
    return BEGIN + timedelta(days=day)


def request(
    name: str, claims: Any, source: str = "test", closings: tuple[Closing, ...] = (), versions: Any = ()
) -> LoadRequest:
    inputs = (LoadInput(name=name, sha256="0" * 64),)
    return LoadRequest("test", source, inputs, claims, closings=closings, versions=versions)


def load(connection: Connection, day: int, name: str, claims: Any, **more: Any) -> LoadReport:
    return write_load(connection, request(name, claims, **more), now=lambda: on(day), accept_shrinkage=True)


def named(entity: str, name: str, **more: Any) -> Claim:
    more.setdefault("source", Source(document="document:d", published="2015"))
    return make_claim(entity, "name", value=name, locator="p. 1", **more)


def post(retrieved: str) -> list[Claim]:
    version = DocumentVersion(document="document:register", retrieved_at=retrieved)
    source = Source(document="document:register", version=version, is_register=True)
    return [
        make_claim(
            "person:p", "HELD", target="office:o", source=source, locator="row 1", dates=GivenDates(since="2014-01-01")
        ),
        make_claim("office:o", "name", value="An office", source=source, locator="row 1"),
    ]


def read(connection: Connection, claim: str) -> dict[str, Any]:
    row: dict[str, Any] = connection.read("MATCH (c:Claim {id: $id}) RETURN properties(c) AS p", {"id": claim})[0]["p"]
    return row


def test_an_open_end_reaches_to_the_newest_version_recorded_then(clean_graph: Connection, ask_rows: AskRows) -> None:
    load(clean_graph, 0, "first", post("2016-05-01"))
    load(clean_graph, 10, "second", post("2020-05-01"))
    asked = {"office": "office:o", "valid_at": "2018-01-01"}
    assert [row["held"] for row in ask_rows("office-holders", **asked)] == ["certain"]
    (then,) = ask_rows("office-holders", **asked, recorded_at="2026-01-06")
    assert then["held"] == "possible"
    assert {item["version"] for item in then["evidence"]} == {"version:register~2016-05-01"}
    assert list(check_graph(clean_graph)) == []


def test_a_register_that_was_only_retrieved_is_certain_until_that_day(
    clean_graph: Connection, ask_rows: AskRows
) -> None:
    load(clean_graph, 0, "first", post("2016-05-01"))
    held = {
        day: ask_rows("office-holders", office="office:o", valid_at=day)[0]["held"]
        for day in ("2015-01-01", "2016-05-01", "2016-05-02")
    }
    assert held == {"2015-01-01": "certain", "2016-05-01": "certain", "2016-05-02": "possible"}


def test_a_newer_version_that_is_loaded_twice_makes_nothing_known_later(clean_graph: Connection) -> None:
    def published(day: str) -> list[Claim]:
        version = DocumentVersion(document="document:register", published=day)
        return [named("body:a", "A", source=Source(document="document:register", version=version))]

    load(clean_graph, 0, "first", published("2016-05-01"))
    load(clean_graph, 10, "second", published("2020-05-01"))
    before = read(clean_graph, published("2020-05-01")[0].id)
    report = load(clean_graph, 20, "second again", published("2020-05-01"))
    assert (report.unchanged, report.renewed, report.closed) == (1, 0, 0)
    assert read(clean_graph, before["id"]) == before
    assert before["known_latest"].iso_format() == "2016-05-01"


def test_a_load_is_not_taken_up_again_after_another_one(clean_graph: Connection) -> None:
    def broken_off() -> Iterator[Claim]:
        yield named("body:a", "A")
        raise KeyboardInterrupt

    class Broken:
        def __iter__(self) -> Iterator[Claim]:
            return broken_off()

    with pytest.raises(KeyboardInterrupt):
        load(clean_graph, 0, "a", Broken())
    load(clean_graph, 10, "b", [named("body:b", "B")])
    report = load(clean_graph, 20, "a", [named("body:a", "A")])
    assert (report.outcome, report.new, report.closed) == ("loaded", 1, 1)
    closed = read(clean_graph, named("body:b", "B").id)
    assert closed["recorded_at"].to_native() == on(10)
    assert closed["retracted_at"].to_native() == on(20)


def test_a_second_load_takes_over_and_the_first_says_so(clean_graph: Connection) -> None:
    class Slow:
        def __iter__(self) -> Iterator[Claim]:
            yield from [named(f"body:b{number}", f"B {number}") for number in range(5_000)]
            load(clean_graph, 1, "other", [named("body:other", "Other")], source="other")
            yield named("body:last", "Last")

    with pytest.raises(LoadRefused, match="another load of this graph began"):
        load(clean_graph, 0, "slow", Slow())
    assert load(clean_graph, 2, "slow", [named("body:last", "Last")]).outcome == "loaded"
    assert list(check_graph(clean_graph)) == []


def leave_running(connection: Connection) -> None:
    class Broken:
        def __iter__(self) -> Iterator[Claim]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(connection, 0, "slow", Broken())


def test_a_load_that_another_takes_over_while_it_writes_does_not_go_on(clean_graph: Connection) -> None:
    leave_running(clean_graph)
    [running] = clean_graph.read("MATCH (l:Load) RETURN l.id AS id, l.run AS run")
    with ThreadPoolExecutor() as pool, clean_graph.session() as session, session.begin_transaction() as other:
        other.run("MATCH (l:Load) SET l.status = 'broken off' REMOVE l.run").consume()
        writing = pool.submit(clean_graph.transact, partial(check_load, load=running["id"], run=running["run"]))
        with pytest.raises(TimeoutError):
            writing.result(timeout=1)
        other.commit()
        with pytest.raises(LoadRefused, match="took over"):
            writing.result(timeout=30)
    assert clean_graph.read("MATCH (l:Load) RETURN l.run AS run, l.status AS status") == [
        {"run": None, "status": "broken off"}
    ]


def test_a_load_that_ends_while_another_begins_stays_finished(clean_graph: Connection) -> None:
    leave_running(clean_graph)
    with ThreadPoolExecutor() as pool, clean_graph.session() as session, session.begin_transaction() as ending:
        ending.run("MATCH (l:Load) SET l.status = 'finished' REMOVE l.run").consume()
        beginning = pool.submit(load, clean_graph, 1, "other", [named("body:other", "Other")], source="other")
        with pytest.raises(TimeoutError):
            beginning.result(timeout=1)
        ending.commit()
        assert beginning.result(timeout=60).outcome == "loaded"
    statuses = clean_graph.read("MATCH (l:Load) RETURN DISTINCT l.status AS status")
    assert statuses == [{"status": "finished"}]


def test_a_load_whose_source_another_one_loads_while_it_is_compared_is_refused(clean_graph: Connection) -> None:
    load(clean_graph, 0, "first", [named("body:a", "A")])

    class Slow:
        def __iter__(self) -> Iterator[Claim]:
            load(clean_graph, 1, "second", [named("body:b", "B")])
            yield named("body:c", "C")

    with pytest.raises(LoadRefused, match="another load of test came between") as caught:
        load(clean_graph, 2, "third", Slow())
    assert "load again" in (caught.value.hint or "")
    live = clean_graph.read("MATCH (c:Claim) WHERE c.retracted_at IS NULL RETURN c.value AS value")
    assert [row["value"] for row in live] == ["B"]
    assert load(clean_graph, 3, "third", [named("body:c", "C")]).closed == 1
    assert list(check_graph(clean_graph)) == []


def test_two_loads_that_begin_at_once_begin_one_after_the_other(clean_graph: Connection) -> None:
    load(clean_graph, 0, "first", [named("body:a", "A")], source="first")
    begun = threading.Barrier(2, timeout=60)

    class Waiting:
        def __init__(self, letter: str) -> None:
            self.letter = letter

        def __iter__(self) -> Iterator[Claim]:
            begun.wait()
            yield named(f"body:{self.letter}", self.letter)

    def attempt(letter: str) -> str:
        try:
            return load(clean_graph, 1, letter, Waiting(letter), source=letter).outcome
        except LoadRefused:
            return "refused"

    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(attempt, ("b", "c"))) == ["loaded", "refused"]
    statuses = clean_graph.read("MATCH (l:Load) RETURN l.status AS status ORDER BY status")
    assert [row["status"] for row in statuses] == ["broken off", "finished", "finished"]


def test_a_corrected_date_of_a_document_reaches_what_it_says(clean_graph: Connection, ask_rows: AskRows) -> None:
    wrong, right = (Source(document="document:d", published=day) for day in ("2015", "2025"))
    load(clean_graph, 0, "wrong", [named("body:a", "A", source=wrong)])
    report = load(clean_graph, 1, "right", [named("body:a", "A", source=right)])
    assert (report.renewed, report.unchanged) == (1, 0)
    asked = {"subject": "body:a", "predicate": "name"}
    assert len(ask_rows("why", **asked, known_at="2026-01-01")) == 1
    assert ask_rows("why", **asked, known_at="2020-01-01") == []
    assert len(ask_rows("why", **asked, known_at="2020-01-01", recorded_at="2026-01-01")) == 1


@pytest.mark.parametrize("reader", ["a", "b"])
def test_a_claim_that_is_read_anew_stays_while_another_source_makes_it(clean_graph: Connection, reader: str) -> None:
    first, again = named("body:a", "A"), named("body:a", "A", method="reading")
    other = named("body:b", "B")
    load(clean_graph, 0, "one", [first, other], source="a")
    load(clean_graph, 1, "two", [first], source="b")
    load(clean_graph, 2, "three", [again, other], source=reader)
    load(clean_graph, 3, "four", [other], source=reader)
    live = "MATCH (c:Claim {subject: 'body:a'}) WHERE c.retracted_at IS NULL RETURN c.id AS id, c.source AS source"
    left = "b" if reader == "a" else "a"
    assert clean_graph.read(live) == [{"id": f"{first.id}~2", "source": left}]
    load(clean_graph, 4, "five", [other], source=left)
    assert clean_graph.read(live) == []
    assert list(check_graph(clean_graph)) == []


def test_a_redaction_takes_away_every_reading(clean_graph: Connection) -> None:
    first, again = named("body:a", "Secret"), named("body:a", "Secret", method="reading")
    load(clean_graph, 0, "one", [first])
    load(clean_graph, 1, "two", [again])
    closing = Closing(claim=f"{first.id}~2", reason="redacted", note="asked for")
    report = load(clean_graph, 2, "redaction", (), source="redactions", closings=(closing,))
    assert (report.closed, report.unmatched) == (2, ())
    load(clean_graph, 3, "three", [first])
    everything = clean_graph.read("MATCH (n) RETURN collect(properties(n)) AS all")[0]["all"]
    assert "Secret" not in str(everything)


def test_a_redaction_of_what_is_not_there_is_told_and_keeps_it_out(clean_graph: Connection) -> None:
    claim = named("body:a", "Secret")
    closing = Closing(claim=claim.id, reason="redacted", note="asked for")
    report = load(clean_graph, 0, "redaction", (), source="redactions", closings=(closing,))
    assert (report.closed, report.unmatched) == (0, (claim.id,))
    load(clean_graph, 1, "one", [claim])
    assert "value" not in read(clean_graph, claim.id)


def test_a_withdrawal_closes_the_newest_reading_with_its_reason(clean_graph: Connection) -> None:
    load(clean_graph, 0, "one", [named("body:a", "A")])
    load(clean_graph, 1, "two", [named("body:a", "A", method="reading")])
    closing = Closing(claim=named("body:a", "A").id, reason="our_error", note="misread")
    report = load(clean_graph, 2, "three", (), source="corrections", closings=(closing,))
    assert report.closed == 1
    newest = read(clean_graph, f"{closing.claim}~2")
    assert (newest["closing"], newest["closing_note"]) == ("our_error", "misread")


def test_the_last_source_to_drop_a_claim_closes_it(clean_graph: Connection) -> None:
    shared, other = named("body:a", "A"), named("body:b", "B")
    load(clean_graph, 0, "one", [shared, other], source="one")
    load(clean_graph, 1, "two", [shared, other], source="two")
    load(clean_graph, 2, "two again", [other], source="two")
    load(clean_graph, 3, "one again", [other], source="one")
    assert read(clean_graph, shared.id)["retracted_at"].to_native() == on(3)
    assert "retracted_at" not in read(clean_graph, other.id)


def test_a_correction_is_linked_in_whatever_order_it_comes(clean_graph: Connection) -> None:
    wrong = named("body:a", "Wrong")
    right = named("body:a", "Right", corrects=wrong.id)
    load(clean_graph, 0, "one", [right, *(named(f"body:b{n}", f"B {n}") for n in range(5_000)), wrong])
    links = clean_graph.read("MATCH (a:Claim)-[:CORRECTS]->(b:Claim) RETURN a.id AS a, b.id AS b")
    assert links == [{"a": right.id, "b": wrong.id}]


def test_a_correction_of_what_is_not_there_is_told(clean_graph: Connection) -> None:
    wrong = named("body:a", "Wrong")
    assert load(clean_graph, 0, "one", [named("body:a", "Right", corrects=wrong.id)]).unmatched == (wrong.id,)


def test_other_bytes_under_the_same_day_are_refused_before_anything_is_written(clean_graph: Connection) -> None:
    one, other = (
        DocumentVersion(document="document:d", retrieved_at="2026-01-01", sha256=mark * 64) for mark in ("a", "b")
    )
    load(clean_graph, 0, "one", [named("body:a", "A")], versions=(one,))
    with pytest.raises(LoadRefused, match="its bytes differ"):
        load(clean_graph, 1, "two", [named("body:a", "A")], versions=(other,))
    assert clean_graph.read("MATCH (l:Load) RETURN l.status AS status") == [{"status": "finished"}]


def test_documents_with_long_names_have_versions_of_their_own() -> None:
    long = "document:" + "x" * 110
    one, other = (DocumentVersion(document=f"{long}{end}", retrieved_at="2026-01-01") for end in ("a", "b"))
    assert one.id != other.id


def test_a_generator_of_claims_is_refused() -> None:
    with pytest.raises(TypeError, match="gone through more than once"):
        request("x", (claim for claim in [named("body:a", "A")]))
