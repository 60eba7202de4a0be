"""The named queries about recommendations, on a small invented case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.store.connection import Connection

AskRows = Callable[..., list[dict[str, Any]]]
AskQuery = Callable[..., Any]

FACTS = """\
document: {id: document:first-report, title: First report, form: report, published: 2014-08-26}
says:
  - entity: inquiry:first
    at: cover
    name: First inquiry
    form: review
    produced: document:first-report
  - entity: body:council
    at: cover
    kind: Council
    name: Example Council
    other_name: The Example Authority
  - entity: body:force
    at: cover
    kind: PoliceForce
    name: Example Police
    member_of: {to: group:forces, from: 2000}
  - entity: group:forces
    at: cover
    name: Police forces
  - entity: office:chief
    at: cover
    name: Chief of Example Police
    office_of: {to: body:force, from: 2000}
  - entity: recommendation:first-1
    at: page 10
    number: "1"
    name: Publish the figures
    made_in: document:first-report
    targets: {to: body:council, role: must_act, due: 2014-11-30}
  - entity: recommendation:first-2
    at: page 11
    number: "2"
    name: Train every officer
    made_in: document:first-report
    targets: [{to: group:forces, role: must_act}, {to: office:chief, role: oversees}]
  - entity: recommendation:first-3
    at: page 12
    name: Review the records
    made_in: document:first-report
    targets: {to: body:force, role: must_act}
---
document: {id: document:answer, title: Answer of the council, form: response, published: 2014-09-10}
says:
  - entity: decision:council-answer
    at: page 1
    name: The council accepts all
    form: response
    date: 2014-09-10
    made_by: body:council
    responds_to: {to: document:first-report, position: accepted, words: we accept all, count: 3, of: 3}
  - entity: document:first-report
    at: page 2
    recommendation_count: 5
---
document: {id: document:paper, title: A newspaper, form: article, published: 2016-02-01}
says:
  - entity: decision:force-answer
    at: third paragraph
    name: The police reject the third
    form: refusal
    date: 2016-01
    made_by: body:force
    responds_to: {to: recommendation:first-3, position: rejected}
  - entity: action:training
    at: fourth paragraph
    name: A course for officers
    date: 2015
    carried_out_by: body:force
    serves: {to: recommendation:first-2, stage: begun}
  - entity: assessment:paper
    at: last paragraph
    name: The paper on the figures
    date: 2016-02-01
    words: nothing published
    stage: not_started
    made_in: document:paper
    assessed_by: body:council
    assesses: recommendation:first-1
  - entity: body:rumoured
    review: unchecked
    name: A rumoured body
  - entity: recommendation:first-1
    review: unchecked
    targets: {to: body:rumoured, role: must_act}
---
document: {id: document:second-report, title: Second report, form: report, published: 2025-06-16}
says:
  - entity: inquiry:second
    at: cover
    name: Second inquiry
    produced: document:second-report
  - entity: recommendation:second-1
    at: page 3
    number: "1"
    name: Publish the figures at last
    made_in: document:second-report
    repeats: {to: recommendation:first-1, how: reissues, explicit: yes}
    targets: {to: body:council, role: must_act}
  - entity: assessment:second
    at: page 4
    name: The second inquiry on the figures
    date: 2025-06-16
    words: partly
    stage: partly_done
    made_in: document:second-report
    assessed_by: inquiry:second
    assesses: recommendation:first-1
"""


@pytest.fixture(autouse=True)
def _loaded(load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)


def documents(row: dict[str, Any]) -> set[str]:
    return {item["document"] for item in row["evidence"]}


def some(rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


def test_targets_of_an_inquiry(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-targets", inquiry="First inquiry")
    assert some(rows, "recommendation", "number", "target", "target_name", "role", "due", "unchecked") == [
        ("recommendation:first-1", "1", "body:council", "Example Council", ["must_act"], ["2014-11-30"], False),
        ("recommendation:first-2", "2", "group:forces", "Police forces", ["must_act"], [], False),
        ("recommendation:first-2", "2", "office:chief", "Chief of Example Police", ["oversees"], [], False),
        ("recommendation:first-3", None, "body:force", "Example Police", ["must_act"], [], False),
    ]
    assert documents(rows[0]) == {"document:first-report"}
    assert [item["predicate"] for item in rows[0]["evidence"][:3]] == ["TARGETS", "PRODUCED", "MADE_IN"]


def test_an_unchecked_target_is_left_out_and_counted(ask_query: AskQuery) -> None:
    answer = ask_query("recommendation-targets", inquiry="inquiry:first")
    assert answer.left_out == {"unchecked": 1, "relation": "eq"}
    everything = ask_query("recommendation-targets", inquiry="inquiry:first", include_unchecked=True)
    assert everything.left_out == {"unchecked": 0, "relation": "eq"}
    added = [row for row in everything.rows if row["target"] == "body:rumoured"]
    assert some(added, "target_name", "unchecked") == [("A rumoured body", True)]
    assert {item["review"] for item in added[0]["evidence"] if item["predicate"] == "TARGETS"} == {"unchecked"}


def test_a_body_by_name_and_as_a_member_apart(ask_rows: AskRows) -> None:
    rows = ask_rows("body-recommendations", body="Example Police")
    assert some(rows, "how", "through", "membership", "item", "answers_of_target", "answers_of_others") == [
        (
            "by_name",
            None,
            None,
            "recommendation:first-3",
            ["2016-01 Example Police: rejected"],
            ["2014-09-10 Example Council: accepted (all) (“we accept all”)"],
        ),
        (
            "by_office",
            "office:chief",
            "certain",
            "recommendation:first-2",
            [],
            ["2014-09-10 Example Council: accepted (all) (“we accept all”)"],
        ),
        (
            "as_member",
            "group:forces",
            "certain",
            "recommendation:first-2",
            [],
            ["2014-09-10 Example Council: accepted (all) (“we accept all”)"],
        ),
    ]
    assert documents(rows[0]) == {"document:first-report", "document:answer", "document:paper"}


def test_a_body_without_any_answer_keeps_its_rows(ask_rows: AskRows, connection: Connection) -> None:
    connection.write("MATCH (c:Claim {predicate: 'RESPONDS_TO'}) SET c.retracted_at = c.recorded_at")
    rows = ask_rows("body-recommendations", body="The Example Authority")
    assert some(rows, "item", "answers_of_target", "answers_of_others") == [
        ("recommendation:first-1", [], []),
        ("recommendation:second-1", [], []),
    ]


def test_the_trail_is_in_the_order_of_dates(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-trail", recommendation="recommendation:first-1")
    assert some(rows, "date", "what", "entity", "by", "says", "blanket") == [
        ("2014-08-26", "made", "document:first-report", [], [], False),
        ("2014-09-10", "response", "decision:council-answer", ["body:council"], ["accepted", "we accept all"], True),
        ("2016-02-01", "assessment", "assessment:paper", ["body:council"], ["nothing published", "not_started"], False),
        ("2025-06-16", "assessment", "assessment:second", ["inquiry:second"], ["partly", "partly_done"], False),
        ("2025-06-16", "repeated", "recommendation:second-1", [], ["reissues"], False),
        (None, "target", "body:council", [], ["must_act", "2014-11-30"], False),
    ]


def test_the_trail_shows_actions_with_the_stage_that_is_claimed(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-trail", recommendation="recommendation:first-2")
    assert ("2015", "action", "action:training", ["begun"]) in some(rows, "date", "what", "entity", "says")


def test_what_was_not_public_yet_is_not_shown(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-trail", recommendation="recommendation:first-1", known_at="2015-01-01")
    assert {row["what"] for row in rows} == {"made", "target", "response"}


def test_an_answer_to_part_of_a_set_is_no_answer_to_its_items(
    ask_rows: AskRows, load_facts: Callable[..., Any]
) -> None:
    load_facts(FACTS.replace("count: 3, of: 3", "count: 2, of: 3"))
    trail = ask_rows("recommendation-trail", recommendation="recommendation:first-1")
    assert "response" not in {row["what"] for row in trail}
    rows = ask_rows("unanswered-recommendations", inquiry="inquiry:first", valid_at="2014-10-01")
    assert some(rows, "recommendation", "target", "state") == [
        ("recommendation:first-1", "body:council", ["not_shown"]),
        ("recommendation:first-2", "group:forces", ["not_shown"]),
        ("recommendation:first-2", "office:chief", ["not_shown"]),
    ]


def test_unanswered_by_the_target_itself_and_overdue(ask_rows: AskRows) -> None:
    rows = ask_rows("unanswered-recommendations", inquiry="inquiry:first", valid_at="2020-01-01")
    assert some(rows, "recommendation", "target", "state", "answered_by") == [
        ("recommendation:first-1", "body:council", ["overdue"], ["body:council"]),
        ("recommendation:first-2", "group:forces", ["none_by_target"], ["body:council"]),
        ("recommendation:first-2", "office:chief", ["none_by_target"], ["body:council"]),
    ]
    assert some(ask_rows("unanswered-recommendations", inquiry="inquiry:second"), "recommendation", "state") == [
        ("recommendation:second-1", ["none"])
    ]


def test_unanswered_of_a_body_and_of_all(ask_rows: AskRows) -> None:
    assert [r["recommendation"] for r in ask_rows("unanswered-recommendations", body="body:council")] == [
        "recommendation:first-1",
        "recommendation:second-1",
    ]
    assert len(ask_rows("unanswered-recommendations")) == 4


def test_unchecked_targets_do_not_count_as_unanswered(ask_query: AskQuery) -> None:
    answer = ask_query("unanswered-recommendations", body="body:rumoured")
    assert (answer.rows, answer.left_out) == ([], {"unchecked": 1, "relation": "eq"})


def test_assessments_side_by_side_with_their_dispute(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-assessments", inquiry="inquiry:first")
    assert some(rows, "assessed", "assessment", "date", "assessor", "words", "stage", "disputed") == [
        (
            "recommendation:first-1",
            "assessment:paper",
            "2016-02-01",
            ["body:council"],
            "nothing published",
            "not_started",
            True,
        ),
        (
            "recommendation:first-1",
            "assessment:second",
            "2025-06-16",
            ["inquiry:second"],
            "partly",
            "partly_done",
            True,
        ),
    ]
    assert ask_rows("recommendation-assessments", recommendation="recommendation:first-2") == []


def test_an_assessment_without_a_stage_does_not_vanish(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS.replace("    stage: partly_done\n", ""))
    rows = ask_rows("recommendation-assessments")
    assert some(rows, "assessment", "stage", "disputed") == [
        ("assessment:paper", "not_started", False),
        ("assessment:second", None, False),
    ]


def test_repeated_and_accepted_before(ask_rows: AskRows) -> None:
    rows = ask_rows("repeated-recommendations", inquiry="inquiry:second")
    assert some(
        rows, "later", "earlier", "steps", "how", "explicit", "later_date", "earlier_date", "accepted_then", "positions"
    ) == [
        (
            "recommendation:second-1",
            "recommendation:first-1",
            1,
            ["reissues"],
            ["yes"],
            "2025-06-16",
            "2014-08-26",
            "yes",
            ["2014-09-10 accepted (all)"],
        )
    ]


def test_repeated_without_a_dated_answer_is_unknown(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS.replace("    date: 2014-09-10\n", ""))
    assert some(ask_rows("repeated-recommendations"), "accepted_then", "positions") == [("unknown", [])]


def test_chains_go_on_through_others(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(
        FACTS + "  - entity: recommendation:third-1\n    at: page 9\n    name: Publish, once more\n"
        "    made_in: document:second-report\n    repeats: {to: recommendation:second-1, how: cites}\n"
    )
    rows = ask_rows("repeated-recommendations", recommendation="recommendation:third-1")
    assert some(rows, "earlier", "steps", "how") == [
        ("recommendation:second-1", 1, ["cites"]),
        ("recommendation:first-1", 2, ["cites", "reissues"]),
    ]


def test_coverage_says_what_is_missing(ask_rows: AskRows) -> None:
    rows = ask_rows("coverage")
    assert some(
        rows, "inquiry", "document", "recommendations", "stated", "missing", "answered", "answered_as_set", "assessed"
    ) == [
        ("inquiry:first", "document:first-report", 3, [5], [2], 1, 1, 1),
        ("inquiry:second", "document:second-report", 1, [], [], 0, 0, 0),
    ]


def test_coverage_counts_an_unchecked_recommendation_only_when_asked(
    ask_rows: AskRows, load_facts: Callable[..., Any]
) -> None:
    load_facts(
        FACTS + "  - entity: recommendation:second-2\n    review: unchecked\n    name: Another\n"
        "    made_in: document:second-report\n"
    )
    assert some(ask_rows("coverage", inquiry="inquiry:second"), "recommendations") == [(1,)]
    assert some(ask_rows("coverage", inquiry="inquiry:second", include_unchecked=True), "recommendations") == [(2,)]


def test_the_past_of_this_graph_is_asked_about(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(
        FACTS.replace("targets: {to: body:force, role: must_act}", "targets: {to: body:council, role: must_act}")
    )
    now = ask_rows("recommendation-targets", inquiry="inquiry:first")
    then = ask_rows("recommendation-targets", inquiry="inquiry:first", recorded_at="2026-01-01")
    assert [r["target"] for r in now if r["recommendation"] == "recommendation:first-3"] == ["body:council"]
    assert [r["target"] for r in then if r["recommendation"] == "recommendation:first-3"] == ["body:force"]
