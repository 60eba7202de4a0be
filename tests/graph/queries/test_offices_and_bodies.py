"""The named queries about offices, successions, disputes, documents, paths and time lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.store.connection import Connection

AskRows = Callable[..., list[dict[str, Any]]]
AskQuery = Callable[..., Any]

FACTS = """\
document: {id: document:register, title: Register of offices, form: dataset, published: 2026-06-01}
says:
  - entity: body:office-of-state
    at: row 1
    kind: Department
    name: Department of Examples
    succeeded_by: {to: body:new-department, how: renamed, on: 2018-01-08}
  - entity: body:new-department
    at: row 2
    kind: Department
    name: Department of New Examples
    succeeded_by: [{to: body:north, how: split, on: 2021}, {to: body:south, how: split, on: 2021}]
  - entity: body:north
    at: row 3
    name: Northern Department
  - entity: body:south
    at: row 4
    name: Southern Department
  - entity: body:lonely
    at: row 5
    name: Lonely Body
  - entity: office:minister
    at: row 6
    name: Minister of Examples
    office_of: {to: body:office-of-state, from: 2000}
    responsible_for: {to: topic:figures, from: 2000, until: 2017}
  - entity: office:vacant
    at: row 7
    name: Vacant Post
    office_of: {to: body:office-of-state, from: 2000}
  - entity: topic:figures
    at: row 8
    name: Figures
  - entity: person:ann
    at: row 9
    name: Ann Example
    held: {to: office:minister, from: 2010-05-12, until: 2016-07-13}
  - entity: person:bob
    at: row 10
    name: Bob Example
    held: {to: office:minister, from: 2016-07-13, until: 2018-04}
  - entity: person:cy
    at: row 11
    name: Cy Example
    held: {to: office:minister, from: 2018-04}
---
document: {id: document:paper, title: A newspaper, form: article, published: 2018-06-01}
says:
  - entity: person:bob
    at: page 3
    held: {to: office:minister, from: 2016-07-13, until: 2018-05-02}
  - entity: decision:refusal
    at: page 4
    name: The minister refuses
    form: refusal
    date: 2014-08-26
    made_by: office:minister
    addressed_to: body:lonely
  - entity: decision:consent
    at: page 5
    name: The department consents
    form: commitment
    date: 2018-02-01
    made_by: body:office-of-state
    reverses: {to: decision:refusal, on: 2018-02-01}
  - entity: decision:undated
    at: page 6
    name: A decision without a date
    form: request
    made_by: body:office-of-state
  - entity: event:statement
    at: page 7
    name: A statement
    date: 2014-08
    involved: {to: body:office-of-state, role: speaker}
  - entity: observation:offences
    at: page 8
    name: Recorded offences
    unit: offences
    value: 717
  - entity: person:rumour
    review: unchecked
    name: Rumoured Example
    held: {to: office:vacant, from: 2010}
---
document: {id: document:debate, title: A debate, form: debate, published: 2025-04-08}
says:
  - entity: observation:offences
    at: column 641
    said_by: person:cy
    value: 719
  - entity: observation:offences
    at: column 642
    value: about 700
  - entity: body:lonely
    at: column 643
    summary: It is alone.
"""


@pytest.fixture(autouse=True)
def _loaded(load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)


def some(rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2014-08-26", [("person:ann", "certain")]),
        ("2016-07-12", [("person:ann", "certain")]),
        ("2016-07-13", [("person:bob", "certain"), ("person:bob", "certain")]),
        ("2018-03-31", [("person:bob", "certain"), ("person:bob", "certain")]),
        ("2018-04-10", [("person:bob", "possible"), ("person:bob", "certain"), ("person:cy", "possible")]),
        ("2026-06-01", [("person:cy", "certain")]),
        ("2026-06-02", [("person:cy", "possible")]),
        ("1999-01-01", [(None, "unknown")]),
    ],
)
def test_who_held_an_office_on_a_day(ask_rows: AskRows, day: str, expected: list[tuple[str | None, str]]) -> None:
    rows = ask_rows("office-holders", office="Minister of Examples", valid_at=day)
    assert sorted(some(rows, "person", "held"), key=str) == sorted(expected, key=str)


def test_a_term_with_two_ends_is_marked(ask_rows: AskRows) -> None:
    rows = ask_rows("office-holders", office="office:minister", valid_at="2017-01-01")
    assert some(rows, "person", "until", "disputed") == [
        ("person:bob", "2018-04", True),
        ("person:bob", "2018-05-02", True),
    ]
    assert {item["document"] for item in rows[0]["evidence"]} >= {"document:register", "document:paper"}


def test_an_office_that_nobody_is_known_to_have_held_stays_in_the_answer(ask_query: AskQuery) -> None:
    answer = ask_query("office-holders", body="body:office-of-state", valid_at="2014-01-01")
    assert some(answer.rows, "office", "person", "held") == [
        ("office:minister", "person:ann", "certain"),
        ("office:vacant", None, "unknown"),
    ]
    assert answer.left_out == {"unchecked": 1, "relation": "eq"}
    asked = ask_query("office-holders", body="body:office-of-state", valid_at="2014-01-01", include_unchecked=True)
    assert ("office:vacant", "person:rumour", "certain") in some(asked.rows, "office", "person", "held")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"body": "body:office-of-state", "valid_at": "2014-01-01"}, "certain"),
        ({"body": "body:office-of-state", "valid_at": "2000-06-01"}, "possible"),
        # The register is of that day: it says nothing of what came after.
        ({"body": "body:office-of-state", "valid_at": "2026-07-01"}, "possible"),
        ({"body": "body:office-of-state", "from": "2000-01-01", "until": "2000-07-01"}, "possible"),
        ({"body": "body:office-of-state", "from": "2000-01-01", "until": "2001-07-01"}, "certain"),
        ({"office": "office:minister", "valid_at": "2014-01-01"}, None),
    ],
)
def test_whether_an_office_was_one_of_the_body_is_told(
    ask_rows: AskRows, asked: dict[str, str], expected: str | None
) -> None:
    rows = ask_rows("office-holders", **asked)
    assert {row["of_body"] for row in rows if row["office"] == "office:minister"} == {expected}


def test_holders_over_time(ask_rows: AskRows) -> None:
    rows = ask_rows("office-holders", office="office:minister", **{"from": "2010-01-01", "until": "2017-01-01"})
    assert [row["person"] for row in rows] == ["person:ann", "person:bob", "person:bob"]


def test_a_register_published_later_does_not_make_the_past_unknown(ask_rows: AskRows) -> None:
    rows = ask_rows("office-holders", office="office:minister", valid_at="2014-08-26", known_at="2015-01-01")
    assert some(rows, "person", "held") == [("person:ann", "certain")]


def test_who_was_in_office_on_the_day_of_a_decision(ask_rows: AskRows) -> None:
    rows = ask_rows("in-office-when", about="decision:refusal")
    assert some(rows, "named", "as", "office", "person", "held", "first_day", "last_day") == [
        ("body:lonely", "ADDRESSED_TO", None, None, "unknown", "2014-08-26", "2014-08-26"),
        ("office:minister", "MADE_BY", "office:minister", "person:ann", "certain", "2014-08-26", "2014-08-26"),
    ]


def test_a_month_is_certain_only_when_every_day_of_it_is(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    assert ("office:minister", "person:ann", "certain") in some(
        ask_rows("in-office-when", about="event:statement"), "office", "person", "held"
    )
    load_facts(FACTS.replace("    date: 2014-08\n", "    date: 2016-07\n"))
    held = some(ask_rows("in-office-when", about="event:statement"), "office", "person", "held")
    assert ("office:minister", "person:ann", "possible") in held
    assert ("office:minister", "person:bob", "possible") in held
    assert ("office:vacant", None, "unknown") in held


def test_a_decision_without_a_date_gives_possible_answers(ask_rows: AskRows) -> None:
    rows = ask_rows("in-office-when", about="decision:undated")
    assert {row["held"] for row in rows} == {"possible", "unknown"}
    assert {row["first_day"] for row in rows} == {None}


def test_responsible_only_where_a_claim_says_so(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(
        FACTS + "  - entity: recommendation:r\n    at: column 9\n    name: Count\n    made_in: document:paper\n"
        "    about: topic:figures\n    targets: {to: body:office-of-state, role: must_act}\n"
    )
    rows = ask_rows("in-office-when", about="recommendation:r")
    assert set(some(rows, "office", "responsible")) == {("office:minister", "unknown"), ("office:vacant", "unknown")}
    load_facts(
        FACTS.replace("until: 2017}", "until: 2019}")
        + "  - entity: recommendation:r\n    at: column 9\n    name: Count\n    made_in: document:paper\n"
        "    about: topic:figures\n    targets: {to: body:office-of-state, role: must_act}\n"
    )
    rows = ask_rows("in-office-when", about="recommendation:r")
    assert set(some(rows, "office", "responsible")) == {("office:minister", "certain"), ("office:vacant", "unknown")}


MORE = """\
---
document: {id: document:more, title: More, form: report, published: 2014-06-01}
says:
  - {entity: body:government, at: page 1, kind: Government, name: The Government}
  - entity: body:office-of-state
    at: page 1
    part_of: {to: body:government, from: 2000, until: 2018}
  - entity: recommendation:all
    at: page 2
    name: Do better
    made_in: document:more
    targets: {to: body:government, role: must_act}
    about: topic:figures
  - {entity: recommendation:nobody, at: page 3, name: That better be done, made_in: document:more}
  - {entity: document:letter, at: page 4, name: A letter, form: coroner_report, published: 2016-07-13,
     addressed_to: [body:office-of-state, body:lonely]}
  - {entity: document:answer, at: page 5, name: The answer, form: response, published: 2014-08,
     published_by: body:office-of-state}
  - entity: decision:answer
    at: page 6
    name: The Government answers
    form: response
    date: 2014-08
    made_by: body:government
    announced_in: document:answer
  - entity: person:dee
    at: page 7
    name: Dee Example
    held:
      - {to: office:vacant, from: 2013-01-01, until: 2014-01-01}
      - {to: office:vacant, from: 2014-01-01, until: 2014-09-01, on_leave: yes}
  - entity: person:eve
    at: page 8
    name: Eve Example
    held: {to: office:vacant, from: 2014-01-01, acting: yes}
"""


def test_a_government_acts_through_its_parts(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + MORE)
    rows = ask_rows("in-office-when", about="recommendation:all")
    assert some(rows, "named", "as", "part", "office", "person", "held") == [
        ("body:government", "TARGETS", "body:office-of-state", "office:minister", "person:ann", "certain"),
        ("body:government", "TARGETS", "body:office-of-state", "office:vacant", "person:dee", "certain"),
        # Open at the date of the document, which is the day.
        ("body:government", "TARGETS", "body:office-of-state", "office:vacant", "person:eve", "certain"),
        ("office:minister", "RESPONSIBLE_FOR", None, "office:minister", "person:ann", "certain"),
    ]
    assert {item["predicate"] for item in rows[0]["evidence"]} >= {"PART_OF", "OFFICE_OF", "HELD", "TARGETS", "kind"}


def test_it_says_for_what_an_office_is_responsible(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + MORE)
    rows = ask_rows("in-office-when", about="recommendation:all")
    assert set(some(rows, "office", "responsible", "as")) == {
        ("office:minister", "certain", "TARGETS"),
        ("office:minister", "certain", "RESPONSIBLE_FOR"),
        ("office:vacant", "unknown", "TARGETS"),
    }
    assert [row["responsible_for"] for row in rows] == [["topic:figures"], [], [], ["topic:figures"]]


def test_who_is_on_leave_and_who_acts_are_shown_with_their_terms(
    ask_rows: AskRows, load_facts: Callable[..., Any]
) -> None:
    load_facts(FACTS + MORE)
    terms = ("person", "since", "until", "still_on", "acting", "on_leave")
    vacant = [row for row in ask_rows("in-office-when", about="recommendation:all") if row["office"] == "office:vacant"]
    assert some(vacant, *terms) == [
        ("person:dee", "2014-01-01", "2014-09-01", None, None, "yes"),
        ("person:eve", "2014-01-01", None, "2014-06-01", "yes", None),
    ]
    on_the_day = ask_rows("office-holders", office="office:vacant", valid_at="2014-06-01")
    assert sorted(some(on_the_day, *terms), key=str) == some(vacant, *terms)
    before = ask_rows("office-holders", office="office:vacant", valid_at="2013-06-01")
    assert some(before, *terms) == [("person:dee", "2013-01-01", "2014-01-01", None, None, None)]


def test_an_open_end_is_possible_after_the_last_day_for_which_a_document_says_so(ask_rows: AskRows) -> None:
    def on(day: str) -> list[tuple[Any, ...]]:
        rows = ask_rows("office-holders", office="office:minister", valid_at=day)
        return some(rows, "person", "held", "until", "still_on")

    assert on("2026-06-01") == [("person:cy", "certain", None, "2026-06-01")]
    assert on("2026-06-02") == on("2036-06-02") == [("person:cy", "possible", None, "2026-06-01")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1900-01-01", [("person:fay", "possible", "unknown", "2013-06-01")]),
        # Who left on the first of June was there on the day before.
        ("2013-05-31", [("person:fay", "certain", "unknown", "2013-06-01")]),
        ("2013-06-01", [(None, "unknown", None, None)]),
    ],
)
def test_an_unknown_start_is_possible_on_any_day_before(
    day: str, expected: list[tuple[Any, ...]], ask_rows: AskRows, load_facts: Callable[..., Any]
) -> None:
    load_facts(
        FACTS + "  - {entity: person:fay, at: row 12, name: Fay Example,\n"
        "     held: {to: office:vacant, from: unknown, until: 2013-06-01}}\n"
    )
    rows = ask_rows("office-holders", office="office:vacant", valid_at=day)
    assert some(rows, "person", "held", "since", "until") == expected


def test_what_names_nobody_stays_in_the_answer(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + MORE)
    rows = ask_rows("in-office-when", about="recommendation:nobody")
    assert some(rows, "named", "as", "office", "person", "held", "responsible", "first_day") == [
        (None, None, None, None, "unknown", "unknown", "2014-06-01")
    ]


def test_a_letter_has_addressees_and_a_day_of_its_own(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + MORE)
    rows = ask_rows("in-office-when", about="document:letter")
    assert some(rows, "named", "as", "office", "person", "held", "first_day") == [
        ("body:lonely", "ADDRESSED_TO", None, None, "unknown", "2016-07-13"),
        # The day of the handover belongs to whom it is handed to.
        ("body:office-of-state", "ADDRESSED_TO", "office:minister", "person:bob", "certain", "2016-07-13"),
        ("body:office-of-state", "ADDRESSED_TO", "office:minister", "person:bob", "certain", "2016-07-13"),
        ("body:office-of-state", "ADDRESSED_TO", "office:vacant", "person:eve", "possible", "2016-07-13"),
    ]


def test_who_published_an_answer_is_named_too(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + MORE)
    rows = ask_rows("in-office-when", about="decision:answer")
    assert {(row["named"], row["as"], row["office"], row["person"], row["held"]) for row in rows} == {
        (named, as_, office, person, held)
        for named, as_ in (("body:government", "MADE_BY"), ("body:office-of-state", "PUBLISHED_BY"))
        for office, person, held in (
            ("office:minister", "person:ann", "certain"),
            ("office:vacant", "person:dee", "certain"),
            ("office:vacant", "person:eve", "possible"),
        )
    }


def test_reversals_with_the_days_between(ask_rows: AskRows) -> None:
    rows = ask_rows("decision-reversals")
    assert some(rows, "earlier", "earlier_date", "earlier_by", "later", "later_date", "later_by", "days", "method") == [
        (
            "decision:refusal",
            ["2014-08-26"],
            ["office:minister"],
            "decision:consent",
            ["2018-02-01"],
            ["body:office-of-state"],
            1255,
            "stated",
        )
    ]


def test_a_reversal_without_dates_or_makers_stays(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(
        FACTS + "  - entity: decision:later\n    at: column 9\n    name: Later\n    form: vote\n"
        "    reverses: decision:undated\n"
    )
    rows = ask_rows("decision-reversals")
    assert ("decision:undated", [], None, None, None) in some(
        rows, "earlier", "earlier_date", "days", "at_least", "at_most"
    )
    assert len(ask_rows("decision-reversals", body="office:minister")) == 1


def test_an_unchecked_reversal_is_left_out(ask_query: AskQuery, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + "  - entity: decision:undated\n    review: unchecked\n    reverses: decision:refusal\n")
    answer = ask_query("decision-reversals")
    assert (len(answer.rows), answer.left_out) == (1, {"unchecked": 1, "relation": "eq"})
    assert len(ask_query("decision-reversals", include_unchecked=True).rows) == 2


def test_succession_in_both_directions(ask_rows: AskRows) -> None:
    rows = ask_rows("body-succession", body="Department of New Examples")
    assert some(rows, "direction", "step", "earlier", "later", "on", "how", "certainty") == [
        ("predecessor", 1, "body:office-of-state", "body:new-department", "2018-01-08", "renamed", "certain"),
        ("successor", 1, "body:new-department", "body:north", "2021", "split", "possible"),
        ("successor", 1, "body:new-department", "body:south", "2021", "split", "possible"),
    ]
    assert [row["step"] for row in ask_rows("body-succession", body="body:office-of-state")] == [1, 2, 2]


def test_succession_does_not_leak_unchecked_steps(ask_query: AskQuery, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS + "  - entity: body:south\n    review: unchecked\n    succeeded_by: body:lonely\n")
    answer = ask_query("body-succession", body="body:office-of-state")
    assert (len(answer.rows), answer.left_out) == (3, {"unchecked": 1, "relation": "eq"})
    assert len(ask_query("body-succession", body="body:office-of-state", include_unchecked=True).rows) == 4


def test_disputes_with_what_agrees_beside_them(ask_rows: AskRows) -> None:
    rows = ask_rows("disputed-claims")
    assert some(rows, "subject", "predicate", "object", "says", "documents") == [
        ("observation:offences", "value", None, ["about 700", "717", "719"], 2),
        (
            "person:bob",
            "HELD",
            "office:minister",
            ["from 2016-07-13 until 2018-04", "from 2016-07-13 until 2018-05-02"],
            2,
        ),
    ]
    said_by = {item["value"]: item["said_by"] for item in rows[0]["evidence"] if item["predicate"] == "value"}
    assert said_by == {"about 700": None, "717": None, "719": "person:cy"}


def test_a_dispute_ends_when_one_side_is_closed_but_not_in_the_past(
    ask_rows: AskRows, load_facts: Callable[..., Any]
) -> None:
    load_facts(FACTS.replace("    value: 719\n", "    value: 717\n"))
    assert [row["subject"] for row in ask_rows("disputed-claims")] == ["person:bob"]
    assert len(ask_rows("disputed-claims", recorded_at="2026-01-01")) == 2


def test_a_dispute_that_was_not_public_yet_is_none(ask_rows: AskRows) -> None:
    assert ask_rows("disputed-claims", entity="observation:offences", known_at="2020-01-01") == []


def test_an_unchecked_rival_makes_no_dispute(ask_query: AskQuery, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS.replace("value: 719", "value: {value: 719, review: unchecked}"))
    assert [row["subject"] for row in ask_query("disputed-claims").rows] == ["person:bob"]
    assert len(ask_query("disputed-claims", include_unchecked=True).rows) == 2


def test_why_shows_who_says_so_and_who_does_not(ask_rows: AskRows) -> None:
    rows = ask_rows("why", subject="Recorded offences", predicate="value")
    assert some(rows, "says", "stance", "contradicted_by") == [
        ("717", "contested", ["719"]),
        ("719", "contested", ["717"]),
        ("about 700", "agreed", []),
    ]
    held = ask_rows("why", subject="person:bob", predicate="HELD", object="office:minister")
    assert some(held, "stance", "contradicted_by") == [
        ("supports", ["from 2016-07-13 until 2018-05-02"]),
        ("supports", ["from 2016-07-13 until 2018-04"]),
    ]


def test_why_keeps_a_claim_held_to_be_mistaken_in_sight(ask_rows: AskRows, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS.replace("value: 719", "value: {value: 719, deprecated: a slip of the tongue}"))
    rows = ask_rows("why", subject="observation:offences", predicate="value")
    assert ("719", "a slip of the tongue") in some(rows, "says", "deprecated")


def test_why_of_what_nobody_says_is_empty_and_counts_the_unchecked(ask_query: AskQuery) -> None:
    answer = ask_query("why", subject="person:rumour", predicate="HELD")
    assert (answer.rows, answer.left_out) == ([], {"unchecked": 1, "relation": "eq"})


def test_what_falls_with_a_document(ask_rows: AskRows) -> None:
    rows = ask_rows("document-impact", document="A newspaper")
    fate = {(row["subject"], row["predicate"], row["says"]): row["falls"] for row in rows}
    assert fate["decision:refusal", "MADE_BY", None] is True
    assert fate["person:bob", "HELD", None] is False
    assert fate["observation:offences", "value", "717"] is False
    assert {row["other_documents"][0] for row in rows if not row["falls"]} == {"document:register", "document:debate"}


def test_unchecked_claims_of_a_document_do_not_leak(ask_query: AskQuery) -> None:
    answer = ask_query("document-impact", document="document:paper")
    assert answer.left_out == {"unchecked": 3, "relation": "eq"}
    assert "person:rumour" not in {row["subject"] for row in answer.rows}


def test_a_time_line_is_in_order_and_keeps_what_has_no_date(ask_rows: AskRows) -> None:
    rows = ask_rows("timeline", entity="body:office-of-state")
    assert some(rows, "date", "what", "item", "role") == [
        ("2014-08", "INVOLVED", "event:statement", "speaker"),
        ("2018-01-08", "SUCCEEDED_BY", "body:new-department", None),
        ("2018-02-01", "MADE_BY", "decision:consent", None),
        (None, "MADE_BY", "decision:undated", None),
    ]
    person = ask_rows("timeline", entity="person:ann")
    assert some(person, "date", "what", "item") == [
        ("2010-05-12", "HELD begins", "office:minister"),
        ("2016-07-13", "HELD ends", "office:minister"),
    ]


def test_a_time_line_can_be_cut(ask_rows: AskRows) -> None:
    rows = ask_rows("timeline", entity="body:office-of-state", **{"from": "2015-01-01"})
    assert [row["item"] for row in rows] == ["body:new-department", "decision:consent", "decision:undated"]


def test_a_path_with_its_evidence(ask_rows: AskRows) -> None:
    rows = ask_rows("paths", start="person:ann", end="body:lonely")
    assert some(rows[:3], "path", "step", "origin", "relationship", "direction", "target") == [
        (1, 1, "person:ann", "HELD", "forward", "office:minister"),
        (1, 2, "office:minister", "MADE_BY", "backward", "decision:refusal"),
        (1, 3, "decision:refusal", "ADDRESSED_TO", "forward", "body:lonely"),
    ]


def test_no_path_is_an_empty_answer(ask_rows: AskRows) -> None:
    assert ask_rows("paths", start="person:ann", end="body:north", most=1) != []
    assert ask_rows("paths", start="person:ann", end="observation:offences") == []


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("office-holders", {"body": "body:office-of-state"}),
        ("in-office-when", {"about": "decision:refusal"}),
        ("why", {"subject": "observation:offences", "predicate": "value"}),
        ("disputed-claims", {}),
        ("document-impact", {"document": "document:paper"}),
        ("body-succession", {"body": "body:new-department"}),
        ("timeline", {"entity": "body:office-of-state"}),
        ("decision-reversals", {}),
        ("paths", {"start": "person:ann", "end": "body:lonely"}),
    ],
)
def test_claims_made_by_hand_without_citation_change_no_answer(
    ask_query: AskQuery, connection: Connection, name: str, given: dict[str, str]
) -> None:
    before = ask_query(name, **given)
    connection.write(
        "MATCH (c:Claim)-[:SUBJECT]->(s) WHERE c.object IS NULL "
        "WITH s, properties(c) AS said CREATE (n:Claim)-[:SUBJECT]->(s) "
        "SET n = said {.*, id: said.id + '-hand', value: 999, value_text: '999', value_low: 999.0, "
        "value_high: 999.0, contested: true}"
    )
    connection.write(
        "MATCH (o)<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(s) "
        "WITH s, o, properties(c) AS said CREATE (o)<-[:OBJECT]-(n:Claim)-[:SUBJECT]->(s) "
        "SET n = said {.*, id: said.id + '-hand', until_latest: date('2011-01-01'), contested: true}"
    )
    after = ask_query(name, **given)
    assert after.rows == before.rows
