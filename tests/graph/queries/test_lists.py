"""The named queries that list, on a small invented case: recommendations by all one may ask of them, and others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.loaders.facts import load_request, read_fact_files
from graph.store.connection import Connection
from graph.store.writer import write_load

AskRows = Callable[..., list[dict[str, Any]]]

FACTS = """\
document: {id: document:report, title: First report, form: report, published: 2014-08-26}
says:
  - entity: inquiry:first
    at: cover
    name: First inquiry
    form: review
    announced: 2013-10
    ended: 2014-08
    produced: document:report
    commissioned_by: body:old
    examines: topic:records
  - {entity: topic:records, at: cover, name: Records}
  - entity: body:old
    at: cover
    name: Old Council
    kind: Council
    succeeded_by: {to: body:new, on: 2015-04, how: renamed}
  - {entity: body:new, at: cover, name: New Council, kind: Council}
  - {entity: body:force, at: cover, name: Example Police, kind: PoliceForce, member_of: {to: group:forces, from: 2000}}
  - {entity: body:later, at: cover, name: Later Police, kind: PoliceForce, member_of: {to: group:forces, from: 2016}}
  - {entity: group:forces, at: cover, name: Police forces}
  - {entity: office:chief, at: cover, name: Chief of Example Police, office_of: {to: body:force, from: 2000}}
  - {entity: person:chief, at: cover, name: A chief, held: {to: office:chief, from: 2012, until: 2016}}
  - entity: recommendation:r-1
    at: page 1
    number: "1"
    name: One
    made_in: document:report
    about: topic:records
    targets: body:old
  - {entity: recommendation:r-2, at: page 2, number: "2", name: Two, made_in: document:report, targets: group:forces}
  - {entity: recommendation:r-3, at: page 3, number: "3", name: Three, made_in: document:report, targets: office:chief}
---
document: {id: document:answer, title: The answer, form: response, published: 2014-10}
says:
  - entity: decision:answer
    at: page 1
    name: The answer
    form: response
    date: 2014-10-01
    made_by: body:old
    announced_in: document:answer
    responds_to: {to: recommendation:r-1, position: accepted, words: we will}
  - entity: decision:to-some
    at: page 2
    name: An answer to some
    form: response
    date: 2014-11
    made_by: body:force
    responds_to: {to: document:report, position: accepted, count: 1, of: 3}
---
document: {id: document:second, title: Second report, form: report, published: 2018}
says:
  - entity: recommendation:s-1
    at: page 9
    name: One again
    made_in: document:second
    repeats: {to: recommendation:r-1, how: cites}
  - {entity: recommendation:r-2, at: page 9, number: "2a"}
  - entity: assessment:a
    at: page 10
    name: A judgement
    stage: in_progress
    assesses: recommendation:r-2
    assessed_by: body:new
"""


@pytest.fixture(scope="module", autouse=True)
def _loaded(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The facts, loaded once: these tests only ask."""
    connection.execute("MATCH (n) DETACH DELETE n")
    path = tmp_path_factory.mktemp("facts") / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    write_load(connection, load_request(read_fact_files([path]).files, "facts.yaml"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["r-1", "r-2", "r-3", "s-1"]),
        ({"inquiry": "First inquiry"}, ["r-1", "r-2", "r-3"]),
        ({"topic": "Records"}, ["r-1"]),
        ({"position": "accepted"}, ["r-1"]),
        ({"position": "rejected"}, []),
        ({"responder": "Old Council"}, ["r-1"]),
        ({"responder": "Example Police"}, []),
        ({"assessor": "New Council"}, ["r-2"]),
        ({"repeated": "yes"}, ["r-1"]),
        ({"repeated": "no"}, ["r-2", "r-3", "s-1"]),
        ({"unanswered": "yes"}, ["r-2", "r-3", "s-1"]),
        ({"unanswered": "no"}, ["r-1"]),
        ({"disputed": "yes"}, ["r-2"]),
        ({"disputed": "no", "inquiry": "inquiry:first"}, ["r-1", "r-3"]),
        ({"from": "2015-01-01"}, ["s-1"]),
        ({"until": "2014-08-26"}, []),
        ({"until": "2014-08-27"}, ["r-1", "r-2", "r-3"]),
        ({"target": "Example Police"}, ["r-2", "r-3"]),
        ({"target": "Later Police"}, []),
        ({"target": "Police forces"}, ["r-2"]),
        ({"target": "New Council"}, []),
        ({"target": "New Council", "with_predecessors": "yes"}, ["r-1"]),
        ({"target": "Example Police", "unanswered": "no"}, []),
        ({"unanswered": "yes", "inquiry": "inquiry:first", "known_at": "2014-09-01"}, ["r-1", "r-2", "r-3"]),
    ],
)
def test_recommendations_by_what_is_asked_of_them(ask_rows: AskRows, asked: dict[str, str], found: list[str]) -> None:
    assert [row["recommendation"].partition(":")[2] for row in ask_rows("recommendations", **asked)] == found


def test_how_a_target_was_reached(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendations", target="body:force")
    told = {row["recommendation"]: (row["told"], row["reached"], row["targets_names"]) for row in rows}
    assert told == {
        "recommendation:r-2": ("certain", ["as_member"], ["Police forces"]),
        "recommendation:r-3": ("certain", ["by_office"], ["Chief of Example Police"]),
    }
    [row] = ask_rows("recommendations", target="body:new", with_predecessors="yes")
    assert (row["told"], row["reached"], row["answers"], row["positions"]) == (
        "certain", ["from_predecessor"], 1, ["accepted"],
    )  # fmt: skip
    assert {"SUCCEEDED_BY", "TARGETS", "MADE_IN", "published", "RESPONDS_TO"} <= {
        item["predicate"] for item in row["evidence"]
    }
    [row] = ask_rows("recommendations", assessor="body:new")
    assert (row["number"], row["stages"], row["disputed"]) == ("2 or 2a", ["in_progress"], True)


def test_an_answer_that_is_not_public_yet_counts_as_left_out(ask_query: Callable[..., Any]) -> None:
    asked = ask_query("recommendations", unanswered="yes", topic="topic:records", known_at="2014-09-01")
    assert len(asked.rows) == 1
    assert asked.left_out["not_public_by_then"] > 0


def test_answers_to_one_recommendation_and_to_its_set(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-responses", recommendation="recommendation:r-1")
    told = [(row["decision"], row["extent"], row["by_target"], row["position"], row["of"]) for row in rows]
    assert told == [
        ("decision:answer", "item", True, ["accepted"], None),
        ("decision:to-some", "unclear", False, ["accepted"], 3),
    ]
    assert (rows[0]["words"], rows[0]["announced_in"]) == (["we will"], ["document:answer"])


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({}, True),
        ({"form": "review"}, True),
        ({"form": "audit"}, False),
        ({"body": "Old Council"}, True),
        ({"body": "Example Police"}, False),
        ({"topic": "Records"}, True),
        ({"from": "2014-09-01"}, False),
        ({"from": "2014-08-31", "until": "2013-10-02"}, True),
        ({"until": "2013-10-01"}, False),
    ],
)
def test_inquiries_by_what_is_asked_of_them(ask_rows: AskRows, asked: dict[str, str], is_found: bool) -> None:
    rows = ask_rows("inquiries", **asked)
    assert [row["inquiry"] for row in rows] == ["inquiry:first"] * is_found
    for row in rows:
        assert (row["documents"], row["recommendations"], row["ended"]) == (["document:report"], 3, ["2014-08"])


def test_offices_of_a_body_on_a_day(ask_rows: AskRows) -> None:
    [row] = ask_rows("body-offices", body="body:force", valid_at="2014-01-01")
    assert (row["office"], row["exists"], row["since"], row["holders"]) == (
        "office:chief", "certain", ["2000"], ["person:chief"],
    )  # fmt: skip
    [row] = ask_rows("body-offices", body="body:force", valid_at="2020-01-01")
    assert (row["exists"], row["holders"]) == ("possible", []), "the report of 2014 does not speak of 2020"
    assert ask_rows("body-offices", body="body:force", valid_at="1999-01-01") == []


def test_what_a_document_says_with_its_places(ask_rows: AskRows) -> None:
    rows = ask_rows("document-claims", document="document:second", predicate="repeats")
    assert [(row["subject"], row["object"], row["says"], row["locator"]) for row in rows] == [
        ("recommendation:s-1", "recommendation:r-1", "cites", ["page 9"])
    ]
    assert len(ask_rows("document-claims", document="document:second")) > 8


def test_relationships_with_their_times(ask_rows: AskRows) -> None:
    rows = ask_rows("entity-relationships", entity="office:chief")
    assert [(row["type"], row["direction"], row["other"]) for row in rows] == [
        ("HELD", "backward", "person:chief"),
        ("OFFICE_OF", "forward", "body:force"),
        ("TARGETS", "backward", "recommendation:r-3"),
    ]
    held = rows[0]
    assert (held["says"], held["from_earliest"], held["until_latest"]) == (
        "from 2012 until 2016", "2012-01-01", "2017-01-01",
    )  # fmt: skip
    assert (held["known_by"], rows[2]["from_earliest"], rows[2]["until_latest"]) == ("2014-08-26", None, None)
    assert [row["type"] for row in ask_rows("entity-relationships", entity="office:chief", direction="forward")] == [
        "OFFICE_OF"
    ]
    assert [row["other"] for row in ask_rows("entity-relationships", entity="office:chief", type="held")] == [
        "person:chief"
    ]
