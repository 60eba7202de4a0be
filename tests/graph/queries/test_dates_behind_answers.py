"""What an answer rests on in time: the day of a state, what came too late, and what is held to be mistaken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from graph.schema import Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.writer import write_load

AskRows = Callable[..., list[dict[str, Any]]]
AskQuery = Callable[..., Any]
Load = Callable[..., Any]

REPORT = """\
document: {id: document:report, title: The report, form: report, published: 2012-03-01}
says:
  - {entity: inquiry:one, at: cover, name: Inquiry one, produced: document:report}
  - {entity: body:government, at: page 1, name: The Government}
  - {entity: body:a, at: page 1, name: A}
  - {entity: body:b, at: page 1, name: B}
  - {entity: body:department, at: page 2, name: A Department, part_of: {to: body:government, from: 2010, until: 2014}}
  - {entity: office:head, at: page 2, name: Head, office_of: {to: body:department, from: 2000, until: 2014-07-01}}
  - entity: recommendation:one-1
    at: page 4
    name: Do it
    made_in: document:report
    targets: {to: body:department, role: must_act, due: 2013}
"""
ANSWER = """\
---
document: {id: document:answer, title: The answer, form: response, published: 2016-01-01}
says:
  - entity: decision:answer
    at: page 1
    name: The Government answers
    form: response
    date: 2013-05
    made_by: body:government
    responds_to: {to: recommendation:one-1, position: accepted}
"""
JUDGED = """\
---
document: {id: document:DOCUMENT, title: A judgement, form: article, published: 2017}
says:
  - entity: assessment:DOCUMENT
    at: page 1
    name: What became of it
    made_in: document:DOCUMENT
    stage: STAGE
    assessed_by: BODY
    assesses: recommendation:one-1
"""


def judged(document: str, stage: str, body: str) -> str:
    return JUDGED.replace("DOCUMENT", document).replace("STAGE", stage).replace("BODY", body)


def some(rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


def test_an_answer_that_was_not_public_yet_is_counted_where_a_recommendation_seems_to_have_none(
    ask_query: AskQuery, load_facts: Load
) -> None:
    load_facts(REPORT + ANSWER.replace("made_by: body:government", "made_by: body:department"))
    asked = {"inquiry": "inquiry:one", "valid_at": "2013-01-01"}
    assert ask_query("unanswered-recommendations", **asked).rows == []
    answer = ask_query("unanswered-recommendations", **asked, known_at="2015-01-01")
    assert some(answer.rows, "recommendation", "state") == [("recommendation:one-1", ["none"])]
    assert answer.left_out["not_public_by_then"] == 2


def test_an_unchecked_answer_is_counted_where_a_recommendation_seems_to_have_none(
    ask_query: AskQuery, load_facts: Load
) -> None:
    unchecked = (
        "  - {entity: decision:answer, review: unchecked, name: The answer, form: response, made_by: body:department,\n"
        "     responds_to: {to: recommendation:one-1, position: accepted}}\n"
    )
    load_facts(REPORT + unchecked)
    answer = ask_query("unanswered-recommendations", inquiry="inquiry:one", valid_at="2013-01-01")
    assert some(answer.rows, "recommendation", "state") == [("recommendation:one-1", ["none"])]
    assert answer.left_out == {"unchecked": 2, "relation": "eq"}


def test_the_whole_answers_for_its_part_only_while_it_is_one(ask_rows: AskRows, load_facts: Load) -> None:
    asked = {"inquiry": "inquiry:one", "valid_at": "2012-06-01"}
    load_facts(REPORT + ANSWER)
    assert some(ask_rows("unanswered-recommendations", **asked), "state") == [(["answered_by_whole"],)]
    load_facts(REPORT + ANSWER.replace("date: 2013-05", "date: 2015-05"))
    assert some(ask_rows("unanswered-recommendations", **asked), "state") == [(["none_by_target"],)]


def test_overdue_where_the_last_of_the_days_that_documents_give_has_passed(ask_rows: AskRows, load_facts: Load) -> None:
    later = (
        "---\ndocument: {id: document:b, title: B, form: article, published: 2013}\nsays:\n"
        "  - {entity: recommendation:one-1, at: page 1, targets: {to: body:department, role: must_act, due: 2014-06}}\n"
    )
    load_facts(REPORT + later)
    rows = {
        day: some(ask_rows("unanswered-recommendations", inquiry="inquiry:one", valid_at=day), "due", "state")
        for day in ("2014-06-30", "2014-07-01")
    }
    assert rows == {
        "2014-06-30": [("2013 or 2014-06", ["none"])],
        "2014-07-01": [("2013 or 2014-06", ["none", "overdue"])],
    }


def test_a_stage_held_to_be_mistaken_makes_no_dispute(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(REPORT + judged("a", "done", "body:a") + judged("b", "{value: unclear, deprecated: a slip}", "body:b"))
    rows = ask_rows("recommendation-assessments", inquiry="inquiry:one")
    assert some(rows, "assessment", "stage", "disputed") == [
        ("assessment:a", "done", False),
        ("assessment:b", "unclear", False),
    ]


def test_one_assessor_named_by_two_documents_is_one(ask_rows: AskRows, load_facts: Load) -> None:
    again = (
        "---\ndocument: {id: document:c, title: C, form: article, published: 2018}\nsays:\n"
        "  - {entity: assessment:a, at: page 1, assessed_by: body:a}\n"
    )
    load_facts(REPORT + judged("a", "in_progress", "body:a") + judged("b", "done", "body:a") + again)
    rows = ask_rows("recommendation-assessments", recommendation="recommendation:one-1")
    assert some(rows, "assessor", "disputed") == [(["body:a"], False), (["body:a"], False)]


def test_leave_is_told_from_the_term_around_it(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(
        REPORT + "  - entity: person:ann\n    at: page 9\n    name: Ann Example\n    held:\n"
        "      - {to: office:head, from: 2010-05-12, until: 2012-03-01}\n"
        "      - {to: office:head, from: 2012-03-01, until: 2012-07-01, on_leave: yes}\n"
        "  - {entity: decision:x, at: page 9, name: X, form: request, date: 2012-05-01, addressed_to: office:head}\n"
    )
    rows = ask_rows("office-holders", office="office:head", valid_at="2012-05-01")
    assert some(rows, "person", "held", "on_leave") == [("person:ann", "certain", "yes")]
    rows = ask_rows("in-office-when", about="decision:x")
    assert some(rows, "person", "held", "acting", "on_leave") == [("person:ann", "certain", None, "yes")]


def test_seen_in_office_on_two_days_says_nothing_of_the_days_between(
    clean_graph: Connection, ask_rows: AskRows, load_facts: Load
) -> None:
    letters = [
        f"document: {{id: document:{year}, title: Letter, form: article, published: {year}-03-01}}\n"
        "says:\n  - {entity: person:ann, at: page 1, name: Ann, held: office:post}\n---\n"
        for year in (2013, 2015)
    ]
    facts = "".join(letters) + (
        "document: {id: document:list, title: List, form: article, published: 2016-03-01}\nsays:\n"
        "  - {entity: body:b, at: page 1, name: B}\n"
        "  - {entity: office:post, at: page 1, name: Post, office_of: {to: body:b, from: 2000}}\n"
        "  - {entity: event:meeting, at: page 1, name: Meeting, date: 2014-03-01, involved: body:b}\n"
    )
    load_facts(facts)

    def held(day: str) -> list[tuple[Any, ...]]:
        return some(ask_rows("office-holders", office="office:post", valid_at=day), "held", "still_on")

    first, second = "2013-03-01", "2015-03-01"
    assert held("2014-03-01") == [("possible", second)]
    assert held(first) == held(second) == [("certain", second)]
    rows = ask_rows("in-office-when", about="event:meeting")
    assert some(rows, "person", "held", "still_on") == [("person:ann", "possible", second)]
    [plain] = clean_graph.read(
        "MATCH (:Person)-[r:HELD]->() RETURN toString(r.from_latest) AS since, size(r.claims) AS n"
    )
    assert plain == {"since": second, "n": 2}

    load_facts(
        f"{facts}---\n"
        "document: {id: document:cv, title: Life, form: article, published: 2013-02-01}\n"
        "says:\n  - {entity: person:ann, at: page 1, held: {to: office:post, from: 2012-01-01}}\n"
    )
    assert held("2014-03-01") == [("possible", second)]
    assert held("2013-01-01") == [("certain", second)]


def test_a_year_beside_a_day_of_it_leaves_the_day(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(
        REPORT
        + "  - {entity: decision:x, at: page 8, name: X, form: request, date: 2012-05-01, made_by: office:head}\n"
        "  - {entity: decision:y, at: page 8, name: Y, form: refusal, date: 2012-06-01, reverses: decision:x}\n"
        "  - {entity: person:ann, at: page 9, name: Ann Example,\n"
        "     held: {to: office:head, from: 2012-04-01, until: 2013-01-01}}\n"
        "---\ndocument: {id: document:b, title: B, form: article, published: 2013}\nsays:\n"
        "  - {entity: decision:x, at: page 1, date: 2012}\n"
        "  - {entity: decision:x, at: page 2, date: {value: 2009, deprecated: a misprint}}\n"
    )
    rows = ask_rows("in-office-when", about="decision:x")
    assert some(rows, "person", "held", "first_day", "last_day") == [
        ("person:ann", "certain", "2012-05-01", "2012-05-01")
    ]
    assert some(ask_rows("decision-reversals"), "days", "at_least", "at_most") == [(31, 31, 31)]


def test_where_it_was_at_another_time_contradicts_nothing(ask_rows: AskRows, load_facts: Load) -> None:
    moved = "  - {entity: office:head, at: page 7, office_of: {to: body:government, from: 2014-07-01}}\n"
    asked = {"subject": "office:head", "predicate": "OFFICE_OF", "object": "body:department"}
    load_facts(REPORT + moved)
    assert some(ask_rows("why", **asked), "object", "stance") == [("body:department", "supports")]
    load_facts(REPORT + moved.replace("2014-07-01", "2012"))
    assert some(ask_rows("why", **asked), "object", "stance") == [
        ("body:department", "supports"),
        ("body:government", "contradicts"),
    ]


def test_what_is_corrected_is_shown_from_when_the_graph_held_it(clean_graph: Connection, ask_rows: AskRows) -> None:
    source = Source(document="document:d", published="2015")
    wrong = make_claim("body:a", "name", value="A", source=source, locator="p. 1")
    right = make_claim("body:b", "name", value="B", source=source, locator="p. 2", corrects=wrong.id)
    for day, claims in enumerate([[right], [wrong, right]], start=1):
        request = LoadRequest("test", "test", (LoadInput(name=str(day), sha256="0" * 64),), claims)
        write_load(clean_graph, request, now=lambda day=day: datetime(2026, 1, day, tzinfo=UTC))
    asked = {"subject": "body:b", "predicate": "name"}
    assert some(ask_rows("why", **asked), "corrects") == [([wrong.id],)]
    assert some(ask_rows("why", **asked, recorded_at="2026-01-01"), "corrects") == [([],)]


def test_a_day_that_a_document_calls_unknown_is_none(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(
        REPORT + "  - {entity: decision:x, at: page 8, name: X, form: request, date: 2012-05-01,\n"
        "     made_by: {to: body:department, on: unknown}}\n"
    )
    rows = [row for row in ask_rows("timeline", entity="body:department") if row["what"] == "MADE_BY"]
    assert some(rows, "date", "earliest", "item") == [("2012-05-01", "2012-05-01", "decision:x")]


def test_a_recommendation_stays_where_nothing_says_in_which_document_it_is_made(
    ask_rows: AskRows, load_facts: Load
) -> None:
    load_facts(REPORT.replace("    made_in: document:report\n", ""))
    rows = ask_rows("body-recommendations", body="body:department")
    assert some(rows, "how", "item", "document", "date") == [("by_name", "recommendation:one-1", None, None)]
