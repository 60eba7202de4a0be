"""The seeds answer what they are there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.commands.demo import QUESTIONS
from graph.commands.load import seed_requests
from graph.queries import Catalogue, Times, ask
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.writer import write_load

AskQuery = Callable[..., Any]


def documents(row: dict[str, Any]) -> set[str]:
    return {item["document"] for item in row["evidence"]}


def test_the_graph_says_what_its_claims_say(seeds: Connection) -> None:
    assert [finding.message for finding in check_graph(seeds)] == []


def test_loading_again_changes_nothing(seeds: Connection) -> None:
    before = graph_digest(seeds)
    assert {write_load(seeds, request).outcome for request in seed_requests()} == {"unchanged"}
    assert graph_digest(seeds) == before


def test_eleven_recommendations_of_the_audit_with_their_targets(seeds: Connection, ask_query: AskQuery) -> None:
    answer = ask_query("recommendation-targets", inquiry="inquiry:casey-audit-2025")
    assert {row["recommendation"] for row in answer.rows} == {
        f"recommendation:casey-audit-2025-{n}" for n in range(1, 12)
    }
    for row in answer.rows:
        own = [item for item in row["evidence"] if item["predicate"] == "TARGETS"]
        assert own, row["recommendation"]
        assert all((item["subject"], item["object"]) == (row["recommendation"], row["target"]) for item in own)
    assert answer.left_out["unchecked"] >= 1


def test_the_twelfth_only_when_asked_for_and_marked(seeds: Connection, ask_query: AskQuery) -> None:
    rows = ask_query("recommendation-targets", inquiry="inquiry:casey-audit-2025", include_unchecked=True).rows
    twelfth = [row for row in rows if row["recommendation"] == "recommendation:casey-audit-2025-12"]
    assert len({row["recommendation"] for row in rows}) == 12
    assert [row["unchecked"] for row in twelfth] == [True]


def test_the_change_of_course_on_a_national_inquiry(seeds: Connection, ask_query: AskQuery) -> None:
    rows = {row["earlier"]: row for row in ask_query("decision-reversals").rows}
    row = rows["decision:national-inquiry-refusal-2025-01"]
    assert row["later"] == "decision:national-inquiry-2025-06"
    published = {
        item["id"]: item["published"]
        for item in seeds.read(
            "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.published AS published",
            {"ids": sorted(documents(row) - {"document:seed-article-2025"})},
        )
    }
    assert {"2025-01", "2025-06"} <= {(day or "")[:7] for day in published.values()}


def test_the_figure_for_2023_is_disputed(seeds: Connection, ask_query: AskQuery) -> None:
    rows = ask_query("disputed-claims", entity="observation:group-based-cse-offences-2023").rows
    assert [(row["predicate"], row["documents"]) for row in rows] == [("value", 3)]
    values = {item["value"]: item["said_by"] for item in rows[0]["evidence"] if item["predicate"] == "value"}
    assert {"717", "719"} <= values.keys()
    assert any("700" in value for value in values)
    assert values["717"] == "person:jess-phillips"


def test_many_conflicts_stand_side_by_side(seeds: Connection, ask_query: AskQuery) -> None:
    assert ask_query("disputed-claims").total["value"] >= 15


def test_a_police_force_by_name_and_as_a_police_force(seeds: Connection, ask_query: AskQuery) -> None:
    rows = ask_query("body-recommendations", body="South Yorkshire Police").rows
    by_how: dict[str, set[str]] = {}
    for row in rows:
        by_how.setdefault(row["how"], set()).add(row["item"])
    assert "recommendation:casey-audit-2025-4" in by_how["as_member"]
    assert any(item.startswith("recommendation:jay-rotherham-2014") for item in by_how["by_name"])


def test_what_the_report_of_2014_told_the_council(seeds: Connection, ask_query: AskQuery) -> None:
    rows = ask_query("body-recommendations", body="Rotherham Council").rows
    told = [row for row in rows if row["document"] == "document:jay-rotherham-2014-report" and row["how"] == "by_name"]
    assert len(told) >= 4
    assert all(row["answers_of_target"] for row in told)


def test_home_secretary_when_the_report_of_2014_came_out(seeds: Connection, ask_query: AskQuery) -> None:
    rows = ask_query("office-holders", office="Home Secretary", valid_at="2014-08-26").rows
    assert [(row["person"], row["held"]) for row in rows] == [("person:theresa-may", "certain")]


@pytest.mark.parametrize(
    ("day", "person"),
    [
        ("2022-09-01", "person:priti-patel"),
        ("2022-10-22", "person:grant-shapps"),
        ("2025-06-16", "person:yvette-cooper"),
    ],
)
def test_known_home_secretaries(seeds: Connection, ask_query: AskQuery, day: str, person: str) -> None:
    rows = ask_query("office-holders", office="office:home-secretary", valid_at=day).rows
    assert {row["person"] for row in rows if row["held"] == "certain"} == {person}


def test_two_departments_of_one_name_stay_two(seeds: Connection, ask_query: AskQuery) -> None:
    rows = ask_query("body-succession", body="body:dclg").rows
    assert [row["later"] for row in rows] == ["body:mhclg-2018", "body:dluhc", "body:mhclg-2024"]


@pytest.mark.parametrize("number", range(1, 21))
def test_each_of_the_twenty_is_there(seeds: Connection, number: int) -> None:
    rows = seeds.read("MATCH (r:Recommendation {id: $id}) RETURN r", {"id": f"recommendation:iicsa-2022-{number}"})
    assert len(rows) == 1


@pytest.mark.parametrize(
    "entity",
    [
        "inquiry:casey-audit-2025", "inquiry:iicsa", "inquiry:jay-rotherham-2014", "inquiry:casey-rotherham-2015",
        "inquiry:telford-2022", "inquiry:oldham-review-2022", "inquiry:hmicfrs-cse-2023", "inquiry:grooming-gangs-2025",
        "body:home-office", "body:rotherham-council", "body:oldham-council", "body:south-yorkshire-police",
        "body:national-crime-agency", "body:uk-government", "office:home-secretary", "office:prime-minister",
    ],
)  # fmt: skip
def test_ids_that_others_rely_on(seeds: Connection, entity: str) -> None:
    rows = seeds.read("MATCH (e:Entity {id: $id}) RETURN e.name AS name", {"id": entity})
    assert rows
    assert rows[0]["name"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.query)
def test_the_questions_of_the_demo_have_answers_with_evidence(seeds: Connection, question: Any) -> None:
    query = Catalogue()[question.query]
    answer = ask(seeds, query, question.parameters, times=Times(valid_at=question.valid_at))
    assert answer.rows
    assert all(row["evidence"] for row in answer.rows)


def test_no_anchor_is_longer_than_eight_words(seeds: Connection) -> None:
    anchors = [
        row["anchor"]
        for row in seeds.read("MATCH ()-[at:CITES]->() WHERE at.anchor IS NOT NULL RETURN at.anchor AS anchor")
    ]
    assert len(anchors) > 1_000
    assert max(len(anchor.split()) for anchor in anchors) <= 8
