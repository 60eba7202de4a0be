"""No row without evidence, nothing unknown that vanishes, and what an answer says of what it leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.queries import Catalogue
from graph.queries.expand import expand
from graph.schema import SCHEMA
from graph.store.connection import Connection

AskRows = Callable[..., list[dict[str, Any]]]
AskQuery = Callable[..., Any]
Load = Callable[..., Any]

FACTS = """\
document: {id: document:register, title: Register, form: dataset, published: 2026-06-01}
says:
  - {entity: body:government, at: row 1, name: The Government}
  - {entity: body:department, at: row 2, name: A Department, part_of: body:government}
  - {entity: body:council, at: row 3, name: A Council, member_of: {to: group:councils, from: 2020}}
  - {entity: group:councils, at: row 4, name: Councils}
  - {entity: office:leader, at: row 5, name: Leader, office_of: {to: body:council, from: 2020}}
  - {entity: office:secretary, at: row 6, name: Secretary, office_of: {to: body:department, from: 2000}}
  - {entity: person:ann, at: row 7, name: Ann Example, held: {to: office:leader, from: 2020, until: 2022}}
  - {entity: person:bob, at: row 8, name: Bob Example, held: {to: office:leader, on: 2023-05-04}}
  - {entity: person:cy, at: row 9, name: Cy Example, held: {to: office:leader, from: 2024}}
---
document: {id: document:report, title: The report, form: report, published: 2015-03-01}
says:
  - {entity: inquiry:one, at: cover, name: Inquiry one, produced: document:report}
  - {entity: inquiry:two, at: page 2, name: Inquiry two, recommendation_count: 9}
  - {entity: inquiry:three, at: page 2, name: Inquiry three}
  - {entity: document:report, at: page 3, recommendation_count: 5}
  - entity: recommendation:one-1
    at: page 4
    number: "1"
    name: Do it
    made_in: document:report
    targets: [{to: group:councils, role: must_act}, {to: office:leader}, {to: body:department, role: must_act}]
  - {entity: recommendation:one-2, at: page 5, number: "2", name: Do that, made_in: document:report}
  - {entity: recommendation:one-3, at: page 6, number: "3", name: Tell, made_in: document:report,
     targets: {to: office:secretary, role: must_act}}
---
document: {id: document:answer, title: The answer, form: response, published: 2018-01-01}
says:
  - entity: decision:answer
    at: page 1
    name: The Government answers
    form: response
    date: 2016
    made_by: body:government
    responds_to: [{to: recommendation:one-1, position: accepted}, {to: recommendation:one-3, position: accepted}]
  - entity: decision:reversal
    at: page 2
    name: The Government thinks again
    form: refusal
    date: 2017
    made_by: body:government
    addressed_to: body:council
    reverses: decision:answer
  - entity: body:council
    at: page 3
    succeeded_by: {to: body:department, how: renamed, on: 2017}
---
document: {id: document:second, title: The second report, form: report, published: 2016-06-01}
says:
  - entity: recommendation:second-1
    at: page 1
    number: "1"
    name: Do it again
    made_in: document:second
    repeats: {to: recommendation:one-1, how: reissues}
  - entity: assessment:second
    at: page 2
    name: What became of it
    date: 2016-06-01
    words: nothing
    stage: not_started
    made_in: document:second
    assesses: recommendation:one-1
"""
RIVALS = """\
---
document: {id: document:a, title: A, form: article, published: 2019-01-01}
says:
  - {entity: person:dee, at: page 1, name: Dee Example, held: {to: office:secretary, from: 2001, until: 2002}}
  - {entity: decision:answer, at: page 2, responds_to: {to: recommendation:one-1, position: rejected}}
  - {entity: body:council, at: page 3, started: 1990}
---
document: {id: document:b, title: B, form: article, published: 2019-02-01}
says:
  - {entity: person:dee, at: page 1, held: {to: office:secretary, from: 2011, until: 2012}}
  - {entity: body:council, at: page 3, started: {value: 1991, deprecated: a misprint}}
"""
EVERYTHING: list[tuple[str, dict[str, Any]]] = [
    ("recommendation-targets", {"inquiry": "inquiry:one"}),
    ("body-recommendations", {"body": "body:council"}),
    ("body-recommendations", {"body": "body:department", "with_predecessors": "yes"}),
    ("recommendation-trail", {"recommendation": "recommendation:one-1"}),
    ("recommendation-assessments", {}),
    ("recommendation-assessments", {"inquiry": "inquiry:one"}),
    ("repeated-recommendations", {}),
    ("repeated-recommendations", {"inquiry": "inquiry:one"}),
    ("unanswered-recommendations", {}),
    ("unanswered-recommendations", {"inquiry": "inquiry:one"}),
    ("unanswered-recommendations", {"body": "body:department"}),
    ("unanswered-recommendations", {"body": "body:department", "with_predecessors": "yes"}),
    ("decision-reversals", {}),
    ("why", {"subject": "body:council", "predicate": "started"}),
    ("disputed-claims", {}),
    ("document-impact", {"document": "document:report"}),
    ("office-holders", {"office": "office:leader"}),
    ("office-holders", {"body": "body:council"}),
    ("in-office-when", {"about": "decision:reversal"}),
    ("timeline", {"entity": "body:council"}),
    ("body-succession", {"body": "body:council"}),
    ("coverage", {}),
    ("coverage", {"inquiry": "inquiry:two"}),
    ("paths", {"start": "person:ann", "end": "body:government"}),
    ("recommendations", {}),
    ("recommendations", {"target": "body:council"}),
    ("recommendation-responses", {"recommendation": "recommendation:one-1"}),
    ("inquiries", {}),
    ("body-offices", {"body": "body:council"}),
    ("document-claims", {"document": "document:report"}),
    ("entity-relationships", {"entity": "body:council"}),
]


@pytest.fixture(autouse=True)
def _loaded(load_facts: Load) -> None:
    load_facts(FACTS)


def some(rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


def test_all_queries_are_asked_here() -> None:
    assert {name for name, _ in EVERYTHING} == {query.name for query in Catalogue()}


@pytest.mark.parametrize("times", [{}, {"recorded_at": "1998-01-01"}, {"known_at": "1900-01-01"}, {"known_at": "2016"}])
def test_no_row_is_without_evidence_at_any_time(ask_query: AskQuery, load_facts: Load, times: dict[str, str]) -> None:
    load_facts(FACTS + RIVALS)
    if times.get("known_at") == "2016":
        times = {"known_at": "2016-12-31"}
    bare = [
        (name, row)
        for name, given in EVERYTHING
        for row in ask_query(name, **given, **times).rows
        if not row["evidence"]
    ]
    assert bare == []
    if "recorded_at" in times:
        assert all(ask_query(name, **given, **times).rows == [] for name, given in EVERYTHING)


def test_a_path_is_shown_only_where_a_claim_supports_each_step(
    ask_query: AskQuery, ask_rows: AskRows, connection: Connection
) -> None:
    for times in ({"recorded_at": "1998-01-01"}, {"known_at": "1900-01-01"}):
        assert ask_query("paths", start="decision:answer", end="recommendation:one-1", **times).rows == []
    connection.write(
        "MATCH (a:Person {id: 'person:ann'}), (b:Body {id: 'body:government'}) "
        "CREATE (a)-[:PART_OF {claims: ['claim:invented']}]->(b)"
    )
    rows = ask_rows("paths", start="person:ann", end="body:government")
    assert rows
    assert "PART_OF" not in [row["relationship"] for row in rows if row["step"] == 1]


def test_an_invented_path_does_not_take_the_place_of_a_longer_one(ask_rows: AskRows, connection: Connection) -> None:
    connection.write(
        "MATCH (a:Person {id: 'person:ann'}), (b:Body {id: 'body:government'}) UNWIND range(1, 30) AS n "
        "CREATE (a)-[:PART_OF {claims: ['claim:invented']}]->(b)"
    )
    assert ask_rows("paths", start="person:ann", end="body:government", most=1) != []


def test_what_is_not_shown_to_be_public_by_then_is_counted(ask_query: AskQuery) -> None:
    answer = ask_query("decision-reversals", known_at="2016-01-01")
    assert (answer.rows, answer.left_out) == ([], {"unchecked": 0, "not_public_by_then": 5, "relation": "eq"})
    later = ask_query("decision-reversals", known_at="2018-01-01")
    assert (len(later.rows), later.left_out["not_public_by_then"]) == (1, 0)
    assert "not_public_by_then" not in ask_query("decision-reversals").left_out


def test_a_register_is_not_counted_as_public_only_later(ask_query: AskQuery) -> None:
    answer = ask_query("office-holders", office="office:leader", valid_at="2021-01-01", known_at="2021-01-01")
    assert ("person:ann", "certain") in some(answer.rows, "person", "held")
    assert answer.left_out["not_public_by_then"] == 1  # the name of the office, which is no state


def test_coverage_shows_inquiries_of_which_no_document_is_loaded(ask_rows: AskRows) -> None:
    rows = ask_rows("coverage")
    assert some(rows, "inquiry", "document", "recommendations", "stated", "missing") == [
        ("inquiry:one", "document:report", 3, [5], [2]),
        ("inquiry:three", None, 0, [], []),
        ("inquiry:two", None, 0, [9], [9]),
    ]


def test_a_recommendation_without_a_target_stays(ask_rows: AskRows) -> None:
    rows = ask_rows("recommendation-targets", inquiry="inquiry:one")
    assert ("recommendation:one-2", None, [], None, False) in some(
        rows, "recommendation", "target", "role", "method", "unchecked"
    )
    rows = ask_rows("recommendation-targets", inquiry="inquiry:one", role="must_act")
    assert some(rows, "recommendation", "target") == [
        ("recommendation:one-1", "body:department"),
        ("recommendation:one-1", "group:councils"),
        ("recommendation:one-1", "office:leader"),
        ("recommendation:one-2", None),
        ("recommendation:one-3", "office:secretary"),
    ]


def test_an_unanswered_recommendation_without_a_target_stays(ask_rows: AskRows) -> None:
    for given in ({"inquiry": "inquiry:one"}, {}):
        rows = ask_rows("unanswered-recommendations", **given)
        assert ("recommendation:one-2", None, ["none"]) in some(rows, "recommendation", "target", "state")


def test_an_answer_of_the_whole_is_told_apart_from_none_by_the_target(ask_rows: AskRows) -> None:
    rows = ask_rows("unanswered-recommendations", inquiry="inquiry:one")
    assert some(rows, "recommendation", "target", "state") == [
        ("recommendation:one-1", "body:department", ["answered_by_whole"]),
        ("recommendation:one-1", "group:councils", ["none_by_target"]),
        ("recommendation:one-1", "office:leader", ["none_by_target"]),
        ("recommendation:one-2", None, ["none"]),
        ("recommendation:one-3", "office:secretary", ["answered_by_whole"]),
    ]
    assert {"OFFICE_OF", "PART_OF"} <= {item["predicate"] for item in rows[-1]["evidence"]}


def test_what_a_class_was_told_before_a_body_joined_is_not_told_to_it(ask_rows: AskRows, load_facts: Load) -> None:
    assert ask_rows("body-recommendations", body="body:council") != []
    assert some(ask_rows("body-recommendations", body="body:council"), "how") == [("addressee",)]
    load_facts(FACTS.replace("from: 2020}", "from: 2015}"))
    assert some(ask_rows("body-recommendations", body="body:council"), "how", "through", "membership") == [
        ("by_office", "office:leader", "possible"),
        ("as_member", "group:councils", "possible"),
        ("addressee", None, None),
    ]


def test_membership_of_one_of_two_terms_is_enough(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(
        FACTS.replace(
            "member_of: {to: group:councils, from: 2020}",
            "member_of: [{to: group:councils, from: 2010, until: 2016}, {to: group:councils, from: 2020}]",
        )
    )
    assert ("as_member", "certain") in some(ask_rows("body-recommendations", body="body:council"), "how", "membership")


def test_an_answer_says_how_many_recommendations_are_loaded_of_how_many(ask_query: AskQuery) -> None:
    loaded = ask_query("recommendation-targets", inquiry="inquiry:one").loaded["inquiries"]
    assert loaded == [
        {"inquiry": "inquiry:one", "document": "document:report", "recommendations": 3, "stated": [5]},
    ]
    assert ask_query("coverage", inquiry="inquiry:two").loaded["inquiries"] == [
        {"inquiry": "inquiry:two", "document": None, "recommendations": 0, "stated": [9]}
    ]
    assert "inquiries" not in ask_query("coverage").loaded


def test_holders_until_a_day_and_from_a_day(ask_rows: AskRows) -> None:
    until = ask_rows("office-holders", office="office:leader", until="2021-01-01", valid_at="2025-01-01")
    assert some(until, "person", "held") == [("person:ann", "certain"), ("person:bob", "possible")]
    since = ask_rows("office-holders", office="office:leader", **{"from": "2023-01-01"})
    assert some(since, "person", "held") == [("person:cy", "certain"), ("person:bob", "certain")]


def test_an_acceptance_of_a_year_can_lie_before_a_repetition_in_it(ask_rows: AskRows) -> None:
    assert some(ask_rows("repeated-recommendations"), "accepted_then", "positions") == [
        ("possibly", ["2016 accepted (perhaps later)"])
    ]


def test_an_other_position_or_another_term_does_not_say_the_same(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(FACTS + RIVALS)
    rows = ask_rows("document-impact", document="document:a")
    fate = {(row["subject"], row["predicate"]): row["falls"] for row in rows}
    assert fate["decision:answer", "RESPONDS_TO"] is True
    assert fate["person:dee", "HELD"] is True


def test_a_deprecated_claim_takes_part_in_no_dispute(ask_query: AskQuery, ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(FACTS + RIVALS)
    assert "body:council" not in {row["subject"] for row in ask_rows("disputed-claims")}
    rows = ask_rows("why", subject="body:council", predicate="started")
    assert some(rows, "says", "stance", "contradicted_by", "deprecated") == [
        ("1990", "agreed", [], None),
        ("1991", "deprecated", [], "a misprint"),
    ]


def test_a_dispute_says_how_many_claims_are_held_to_be_mistaken(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(
        FACTS + RIVALS + "---\ndocument: {id: document:c, title: C, form: article, published: 2019-03-01}\n"
        "says:\n  - {entity: body:council, at: page 3, started: 1992}\n"
    )
    rows = ask_rows("disputed-claims", entity="body:council")
    assert some(rows, "predicate", "says", "documents", "deprecated") == [("started", ["1990", "1992"], 2, 1)]


def test_a_term_held_to_be_mistaken_is_no_term(ask_rows: AskRows, load_facts: Load) -> None:
    load_facts(FACTS.replace("from: 2020, until: 2022}", "from: 2020, until: 2022, deprecated: mixed up}"))
    rows = ask_rows("office-holders", office="office:leader", valid_at="2021-01-01")
    assert some(rows, "person", "held") == [("person:bob", "possible")]


def test_held_on_a_day_is_no_beginning(ask_rows: AskRows) -> None:
    rows = ask_rows("timeline", entity="office:leader", **{"from": "2019-01-01"})
    assert some(rows, "date", "earliest", "latest", "what", "item") == [
        ("2020", "2020-01-01", "2020-12-31", "HELD begins", "person:ann"),
        ("2022", "2022-01-01", "2023-01-01", "HELD ends", "person:ann"),
        ("2023-05-04", "2023-05-04", "2023-05-04", "HELD on that day", "person:bob"),
        ("2024", "2024-01-01", "2024-12-31", "HELD begins", "person:cy"),
    ]


def test_the_title_of_a_closed_claim_is_not_printed(ask_rows: AskRows, connection: Connection) -> None:
    connection.write(
        "MATCH (d:Document {id: 'document:report'}) REMOVE d.name WITH d "
        "MATCH (c:Claim {subject: d.id, predicate: 'name'}) SET c.retracted_at = c.recorded_at"
    )
    rows = ask_rows("recommendation-targets", inquiry="inquiry:one")
    titles = {item["title"] for row in rows for item in row["evidence"] if item["document"] == "document:report"}
    assert titles == {None}


@pytest.mark.parametrize("flag", ["exclusive", "separating"])
def test_qualifiers_that_tell_claims_apart_are_those_of_the_schema(connection: Connection, flag: str) -> None:
    text = expand(
        f"UNWIND $predicates AS predicate WITH {{predicate: predicate}} AS c RETURN c.predicate AS p, {flag}(c) AS q"
    )
    rows = connection.read(text, {"predicates": [r.name for r in SCHEMA.relationships]})
    assert {row["p"]: row["q"] for row in rows} == {
        r.name: [q.name for q in r.qualifiers if getattr(q, flag)] for r in SCHEMA.relationships
    }
