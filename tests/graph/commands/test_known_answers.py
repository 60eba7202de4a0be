"""Answers that are known from the real sources, asked as a person asks them: `inquiry ask … --json`."""

from __future__ import annotations

import json
from typing import Any

import pytest

Record = Any
"""The graph of all sources; `tests/graph/conftest.py` makes it."""

HEALTH = "body:ifg.12390fca-213d-4045-b45a-0d33c14f633d"
HEALTH_AND_SOCIAL_CARE = "body:department-of-health-and-social-care"
GRENFELL = "inquiry:grenfell-tower"


def holders(record: Record, day: str, **given: str) -> list[tuple[str, str, str]]:
    """Who held offices on a day, as (name of the office, name of the person, certainty)."""
    rows = [row for row in record.ask("office-holders", valid_at=day, **given) if row["person"] is not None]
    return sorted((row["office_name"], row["person_name"], row["held"]) for row in rows)


@pytest.mark.parametrize(
    ("office", "day", "people"),
    [
        ("office:justice-secretary", "2021-06-01", ["Robert Buckland"]),
        ("office:justice-secretary", "2021-09-15", ["Dominic Raab"]),
        ("office:home-secretary", "2022-09-01", ["Priti Patel"]),
        ("office:home-secretary", "2022-10-18", ["Suella Braverman"]),
        ("office:home-secretary", "2022-10-22", ["Grant Shapps"]),
        ("office:home-secretary", "2022-10-25", ["Suella Braverman"]),
        ("office:communities-secretary-dclg", "2017-06-14", ["Sajid Javid"]),
    ],
)
def test_who_held_an_office_on_a_day(office: str, day: str, people: list[str], record: Record) -> None:
    assert [(person, held) for _, person, held in holders(record, day, office=office)] == [
        (person, "certain") for person in people
    ]


def test_the_home_secretary_of_six_days(record: Record) -> None:
    row = record.ask("office-holders", valid_at="2022-10-22", office="office:home-secretary")[0]
    assert (row["person"], row["since"], row["until"]) == ("person:grant-shapps", "2022-10-19", "2022-10-25")


@pytest.mark.parametrize(
    ("body", "office", "day", "person"),
    [
        (HEALTH, "Secretary of State for Health", "2015-06-01", "Jeremy Hunt"),
        ("body:dclg", "Secretary of State for Communities and Local Government", "2017-06-14", "Sajid Javid"),
        ("body:mhclg-2024", "Secretary of State for Housing, Communities and Local Government", "2025-02-15",
         "Angela Rayner"),
    ],
)  # fmt: skip
def test_who_held_an_office_of_a_department(body: str, office: str, day: str, person: str, record: Record) -> None:
    assert [row for row in holders(record, day, body=body) if row[0] == office] == [(office, person, "certain")]


def test_health_was_not_yet_health_and_social_care(record: Record) -> None:
    assert holders(record, "2015-06-01", body=HEALTH_AND_SOCIAL_CARE) == []


def test_the_ministry_of_2024_is_not_that_of_2018(record: Record) -> None:
    assert holders(record, "2025-02-15", body="body:mhclg-2018") == []


def steps_after(record: Record, body: str) -> set[tuple[int, str, str, str | None]]:
    """What came after a body, as (how many steps on, earlier, later, day)."""
    rows = record.ask("body-succession", body=body)
    return {(r["step"], r["earlier"], r["later"], r["on"]) for r in rows if r["direction"] == "successor"}


def test_the_ministries_for_communities_follow_each_other(record: Record) -> None:
    assert steps_after(record, "body:dclg") >= {
        (1, "body:dclg", "body:mhclg-2018", "2018-01-08"),
        (2, "body:mhclg-2018", "body:dluhc", "2021-09-20"),
        (3, "body:dluhc", "body:mhclg-2024", "2024-07-09"),
    }


@pytest.mark.parametrize(
    ("council", "after", "day"),
    [("NTH", ["NNT", "WNT"], "2021-04-01"), ("CMA", ["CBD", "WAF"], "2023-04-01")],
)
def test_two_councils_came_after_one(council: str, after: list[str], day: str, record: Record) -> None:
    body = f"body:local-authority.{council}"
    assert steps_after(record, body) == {(1, body, f"body:local-authority.{code}", day) for code in after}


def test_the_grenfell_inquiry_made_58_recommendations_in_phase_2(record: Record) -> None:
    rows = record.ask("coverage", inquiry=GRENFELL)
    report = next(row for row in rows if row["document"] == "document:grenfell-tower-phase-2-report")
    assert (report["recommendations"], report["answered"]) == (58, 58)


def test_thirteen_of_them_are_answered_by_others_than_the_government(record: Record) -> None:
    query = (
        "MATCH (:Document {id: 'document:grenfell-tower-phase-2-report'})<-[:MADE_IN]-(r:Recommendation)"
        "<-[:RESPONDS_TO]-(:Decision)-[:MADE_BY]->(b:Body) "
        "WITH r, collect(b.id) AS by WHERE NOT 'body:uk-government' IN by RETURN count(r) AS others"
    )
    result = record.run("cypher", query, "--json")
    assert json.loads(result.stdout)["rows"] == [{"others": 13}]


def test_who_is_named_in_one_year_is_possible_in_it(record: Record) -> None:
    office = "office:public-body.chief-executive~national-archives-the"
    rows = record.ask("office-holders", valid_at="2014-06-01", office=office)
    acting = [(row["person_name"], row["held"], row["seen_on"]) for row in rows if row["acting"] == "yes"]
    assert acting == [("Clem Brohier", "possible", ["2014"])]


def test_a_public_body_is_that_of_the_other_lists_by_name(record: Record) -> None:
    found = holders(record, "2014-06-01", body="Environment Agency")
    assert ("Chair of Environment Agency", "Lord Chris Smith of Finsbury", "possible") in found


def test_the_inspection_of_a_council_is_found_from_the_council(record: Record) -> None:
    rows = record.ask("timeline", entity="body:local-authority.CBD")
    assert ("2024-11-26", "CONCERNS", "finding:ofsted-ilacs.50262710~overall") in {
        (row["date"], row["what"], row["item"]) for row in rows
    }
