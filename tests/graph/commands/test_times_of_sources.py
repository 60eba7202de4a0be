"""Who held what on which day, on the real sources: handovers, leave, odd and open dates, and what was inherited.

Whom the rows must name is read from the tables of the ministers' database here, by other means than the loader's.
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph.queries import Answer, Catalogue, Times, ask

Record = Any
"""The graph of all sources; `tests/graph/conftest.py` makes it."""
AskRows = Callable[..., list[dict[str, Any]]]
AskQuery = Callable[..., Answer]

HEALTH = "body:ifg.12390fca-213d-4045-b45a-0d33c14f633d"
TREASURY = "body:ifg.3b2301a5-f2a5-44a8-aa67-1cf2bbafe704"
TOGETHER = "body:department-of-health-and-social-care"
RICHARDS = "David Julian Richards, Baron Richards of Herstmonceux"
GRENFELL = 58
SEED = 20260128
REPORTS = 30


class Terms:
    """The ministers' database, read row by row: who held which posts of a body between two days.

    A term that ends before it starts may have been on any day.
    """

    def __init__(self, folder: Path) -> None:
        self._posts: dict[str, set[str]] = defaultdict(set)
        for row in _read(folder / "post.csv"):
            self._posts[row["organisation_id"]].add(row["id"])
        self._terms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in _read(folder / "appointment.csv"):
            self._terms[row["post_id"]].append((row["person_id"], row["start_date"], row["end_date"] or "9999"))

    def between(self, body: str, first: str, last: str) -> set[tuple[str, str, bool]]:
        """Each post and person, and whether from the first day through the last."""
        return {
            (post, person, since <= first and last < until)
            for post in self._posts[body]
            for person, since, until in self._terms[post]
            if (since <= last and first < until) or until < since
        }


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def terms(shared_data: Path) -> Terms:
    return Terms(shared_data / "ifg-ministers")


@pytest.fixture
def ask_query(record: Record) -> AskQuery:
    """Ask a named query of the graph of all sources."""
    catalogue = Catalogue()

    def question(name: str, *, valid_at: str | None = None, **given: str) -> Answer:
        times = Times.read(valid_at, None, None)
        return ask(record.connection, catalogue[name], given, times=times, limit=5000)

    return question


@pytest.fixture
def ask_rows(ask_query: AskQuery) -> AskRows:
    """Ask a named query and give its rows; each of them must bring evidence."""

    def question(name: str, **given: str) -> list[dict[str, Any]]:
        rows = ask_query(name, **given).rows
        assert all(row["evidence"] for row in rows)
        return rows

    return question


@pytest.fixture
def key_of(record: Record) -> dict[str, str]:
    """Give the key in the ministers' database of each entity that it knows."""
    rows = record.connection.read(
        "MATCH (c:Claim) WHERE c.identifier STARTS WITH 'ifg:' AND c.retracted_at IS NULL "
        "RETURN DISTINCT c.subject AS id, c.identifier AS identifier"
    )
    return {row["id"]: row["identifier"].removeprefix("ifg:") for row in rows}


def some(rows: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]


# Who held an office


@pytest.mark.parametrize(
    ("office", "day", "expected"),
    [
        ("office:prime-minister", "2022-10-24", [("Liz Truss", "certain")]),
        ("office:prime-minister", "2022-10-25", [("Rishi Sunak", "certain")]),
        ("office:justice-secretary", "2021-09-14", [("Robert Buckland", "certain")]),
        ("office:justice-secretary", "2021-09-15", [("Dominic Raab", "certain")]),
    ],
)
def test_an_office_is_handed_over_on_one_day(
    office: str, day: str, expected: list[tuple[str, str]], ask_rows: AskRows
) -> None:
    assert some(ask_rows("office-holders", office=office, valid_at=day), "person_name", "held") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-03-01", [("Suella Braverman", "certain", None, None)]),
        ("2021-03-02", [("Michael Ellis", "certain", "yes", None), ("Suella Braverman", "certain", None, "yes")]),
        ("2021-09-09", [("Michael Ellis", "certain", "yes", None), ("Suella Braverman", "certain", None, "yes")]),
        ("2021-09-10", [("Suella Braverman", "certain", None, None)]),
    ],
)
def test_who_is_on_leave_holds_the_office_beside_who_acts(
    day: str, expected: list[tuple[Any, ...]], ask_rows: AskRows
) -> None:
    rows = ask_rows("office-holders", office="office:attorney-general", valid_at=day)
    assert sorted(some(rows, "person_name", "held", "acting", "on_leave")) == expected


@pytest.mark.parametrize(
    ("office", "person", "since"),
    [
        ("office:ifg.0c9cd7a8-c179-47f5-921d-75d390514d35", "James Murray", "2025-09-01"),
        ("office:ifg.422333ff-dad6-47ee-923f-00472ad49043", "Lucy Rigby", "2025-09-06"),
    ],
)
@pytest.mark.parametrize("day", ["1995-01-01", "2025-05-13", "2025-05-14", "2025-09-06", "2026-06-12"])
def test_a_term_that_ends_before_it_starts_is_certain_on_no_day(
    office: str, person: str, since: str, day: str, ask_rows: AskRows
) -> None:
    rows = ask_rows("office-holders", office=office, valid_at=day)
    marked = [row for row in rows if row["end_before_start"]]
    assert some(marked, "person_name", "held", "since", "until", "still_on") == [
        (person, "possible", since, "2025-05-14", None)
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # On the last day of 2009 Richards had begun for certain, and Dannatt had possibly not ended.
        ("2009-12-31", [(RICHARDS, "certain"), ("Richard Dannatt, Baron Dannatt", "possible")]),
        ("2010-01-01", [(RICHARDS, "possible"), ("Peter Wall", "possible")]),
        ("2010-06-01", [(RICHARDS, "possible"), ("Peter Wall", "possible")]),
        ("2012-06-01", [("Peter Wall", "certain")]),
    ],
)  # fmt: skip
def test_years_give_possible_holders(day: str, expected: list[tuple[str, str]], ask_rows: AskRows) -> None:
    rows = ask_rows("office-holders", office="Chief of the General Staff", valid_at=day)
    assert sorted(some(rows, "person_name", "held")) == expected


def test_an_unknown_end_is_possible_ever_after(ask_rows: AskRows) -> None:
    """The list of Wikidata does not say of a term without an end that it goes on."""
    rows = ask_rows("office-holders", office="Chief of the General Staff", valid_at="2020-06-01")
    assert some(rows, "person_name", "held", "until", "still_on") == [
        ("Mark Carleton-Smith", "possible", "unknown", None)
    ]


def test_held_in_three_years_is_certain_on_no_day(ask_rows: AskRows) -> None:
    """The lists of public bodies give who held a post in 2013, in 2014 and in 2015, without start or end."""

    def on(chair: str, day: str) -> list[tuple[Any, ...]]:
        office = f"office:public-body.chair~{chair}"
        return some(ask_rows("office-holders", office=office, valid_at=day), "person_name", "held", "seen_on")

    radioactive = "administration-of-radioactive-substances-advisory-committee"
    years = ["2013", "2014", "2015"]
    assert on(radioactive, "2014-06-30") == [("John Rees", "possible", years)]
    assert on(radioactive, "2012-06-30") == on(radioactive, "2015-06-30") == [("John Rees", "possible", years)]


def test_a_department_without_a_start_stays_in_the_answer_before_its_first_term(ask_rows: AskRows) -> None:
    rows = ask_rows("office-holders", body="body:home-office", valid_at="1970-01-01")
    assert "office:home-secretary" in {row["office"] for row in rows}
    assert {(row["person"], row["held"]) for row in rows} == {(None, "unknown")}


def test_an_open_term_is_certain_as_at_the_day_of_the_data_and_possible_later(ask_rows: AskRows) -> None:
    def on(day: str) -> list[tuple[Any, ...]]:
        rows = ask_rows("office-holders", body=TREASURY, valid_at=day)
        return some([row for row in rows if row["office_name"] == "Chancellor of the Exchequer"],
                    "person_name", "held", "until", "still_on")  # fmt: skip

    assert on("2026-06-12") == [("Rachel Reeves", "certain", None, "2026-06-12")]
    assert on("2026-06-13") == on("2031-01-01") == [("Rachel Reeves", "possible", None, "2026-06-12")]


def test_an_older_open_term_and_a_newer_claim_stand_as_what_they_are(ask_rows: AskRows) -> None:
    def on(day: str) -> list[tuple[Any, ...]]:
        rows = ask_rows("office-holders", office="office:prime-minister", valid_at=day)
        return some(rows, "person_name", "held", "until", "still_on", "disputed")

    starmer = ("Keir Starmer", "certain", "2026-07-20", None, False)
    assert on("2026-06-12") == on("2026-07-19") == [starmer]
    assert on("2026-07-20") == [("Andy Burnham", "certain", None, "2026-07-27", False)]
    assert on("2026-08-01") == [("Andy Burnham", "possible", None, "2026-07-27", False)]
    said = ask_rows("why", subject="person:keir-starmer", predicate="HELD", object="office:prime-minister")
    assert {row["says"]: row["contradicted_by"] for row in said} == {
        "from 2024-07-05": [],
        "from 2024-07-05 until 2026-07-20": [],
    }


# Bodies on a day


def test_a_body_had_no_offices_before_it_existed(ask_query: AskQuery) -> None:
    answer = ask_query("office-holders", body=TOGETHER, valid_at="2015-06-01")
    assert (answer.parameters["body"], answer.rows) == (TOGETHER, [])


def test_a_name_means_the_ministry_that_was_there(ask_query: AskQuery) -> None:
    name = "Ministry of Housing, Communities and Local Government"
    days = {"2019-06-01": "body:mhclg-2018", "2025-02-15": "body:mhclg-2024", "2022-06-01": None}
    found = {day: ask_query("office-holders", body=name, valid_at=day).parameters["body"] for day in list(days)[:2]}
    assert found == {day: body for day, body in days.items() if body is not None}


# What came down


def test_what_the_ministry_was_told_under_its_earlier_names_comes_down(ask_rows: AskRows) -> None:
    own = ask_rows("body-recommendations", body="body:mhclg-2024")
    rows = ask_rows("body-recommendations", body="body:mhclg-2024", with_predecessors="yes")
    assert [row for row in rows if row["predecessor"] is None] == own
    names = ["body:dclg", "body:mhclg-2018", "body:dluhc", "body:mhclg-2024"]
    steps = ["2018-01-08 renamed", "2021-09-20 renamed", "2024-07-09 renamed"]
    for place, name in enumerate(names[:-1]):
        mine = [row for row in rows if row["predecessor"] == name and row["date"] > "2008"]
        assert {(row["inherited"], *row["path"], *row["successions"]) for row in mine} == {
            ("certain", *names[place:], *steps[place:])
        }
        assert len(mine) == len([row for row in ask_rows("body-recommendations", body=name) if row["date"] > "2008"])


@pytest.mark.parametrize("heir", ["NNT", "WNT"])
def test_what_a_county_was_told_comes_down_to_each_of_its_heirs_only_possibly(heir: str, ask_rows: AskRows) -> None:
    rows = ask_rows("body-recommendations", body=f"body:local-authority.{heir}", with_predecessors="yes")
    told = [row for row in rows if row["predecessor"] == "body:local-authority.NTH"]
    assert told
    assert {(row["inherited"], *row["path"]) for row in told} == {
        ("possible", "body:local-authority.NTH", f"body:local-authority.{heir}")
    }


def test_successions_that_go_round_end_with_no_body_twice(ask_rows: AskRows) -> None:
    """Equalities went from Education to Development, to the Cabinet Office, and back to Education."""
    rows = ask_rows("body-recommendations", body="body:department-for-education", with_predecessors="yes")
    assert rows
    assert all(row["path"][-1:] in ([], ["body:department-for-education"]) for row in rows)
    assert all(len(row["path"]) == len(set(row["path"])) for row in rows)
    assert {row["inherited"] for row in rows if row["predecessor"] == "body:cabinet-office"} <= {"possible"}


def test_the_command_takes_the_flag_by_itself(record: Record) -> None:
    asked = ("ask", "unanswered-recommendations", "--body", "MHCLG", "--with-predecessors", "--json")
    answer = json.loads(record.run(*asked).stdout)
    assert answer["parameters"] == {"inquiry": None, "body": "body:mhclg-2024", "with_predecessors": True}
    refused = record.run("ask", "unanswered-recommendations", "--with-predecessors")
    assert (refused.returncode, "needs `body` beside it" in refused.stderr) == (2, True)


# Who was in office when


class Compared(NamedTuple):
    """Posts and people on the day of a matter, as the query gives them and as the tables of the ministers do."""

    said: set[tuple[Any, ...]]
    read: set[tuple[Any, ...]]


@pytest.fixture
def compare(
    ask_query: AskQuery, key_of: dict[str, str], terms: Terms
) -> Callable[[str], tuple[list[dict[str, Any]], Compared]]:
    def ask(about: str) -> tuple[list[dict[str, Any]], Compared]:
        rows = ask_query("in-office-when", about=about).rows
        said = {
            (row["named"], row["part"], key_of[row["office"]], key_of[row["person"]], row["held"] == "certain")
            for row in rows
            if row["office"] in key_of and row["person"] in key_of
        }
        departments = [entity for entity in key_of if entity.startswith("body:")]
        read = {
            (named, part, *term)
            for named in {row["named"] for row in rows if row["named"] is not None}
            for part in (departments if named == "body:uk-government" else [None])
            if (part or named) in key_of
            for term in terms.between(key_of[part or named], rows[0]["first_day"], rows[0]["last_day"])
        }
        return rows, Compared(said, read)

    return ask


DAYS = {"recommendation": ("2024-09-04", "2024-09-04"), "decision": ("2025-02-01", "2025-02-28")}
"""When the report was published, and in which month the answers were."""
Compare = Callable[[str], tuple[list[dict[str, Any]], Compared]]


def check_grenfell(kind: str, number: int, compare: Compare) -> None:
    about = f"{kind}:inquiry-answers.grenfell-p2-{number:02}"
    rows, compared = compare(about)
    assert compared.said == compared.read, about
    assert {(row["first_day"], row["last_day"]) for row in rows} == {DAYS[kind]}
    assert {(row["responsible"], *row["responsible_for"]) for row in rows} == {("unknown",)}
    dated = "published" if kind == "recommendation" else "date"
    for row in rows:
        cited = {item["predicate"] for item in row["evidence"]}
        assert cited >= ({dated, "HELD", "OFFICE_OF"} if row["person"] is not None else {dated}), about


@pytest.mark.parametrize("kind", ["recommendation", "decision"])
@pytest.mark.parametrize("number", [1, 19, 31, 34, 36, 40, 49, 56])
def test_who_was_in_office_at_recommendations_of_grenfell_and_answers(number: int, kind: str, compare: Compare) -> None:
    """One for each body that answered, and one for each way of naming whom it is for."""
    check_grenfell(kind, number, compare)


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["recommendation", "decision"])
def test_who_was_in_office_at_each_recommendation_of_grenfell_and_each_answer(kind: str, compare: Compare) -> None:
    for number in range(1, GRENFELL + 1):
        check_grenfell(kind, number, compare)


@pytest.mark.parametrize(
    ("about", "as_", "named", "office", "person"),
    [
        ("decision:inquiry-answers.grenfell-p2-01", "PUBLISHED_BY", "body:mhclg-2024",
         "Secretary of State for Housing, Communities and Local Government", "Angela Rayner"),
        ("decision:inquiry-answers.grenfell-p2-34", "PUBLISHED_BY", "body:mhclg-2024",
         "Minister for Local Growth and Building Safety", "Alex Norris"),
        ("decision:inquiry-answers.grenfell-p2-01", "MADE_BY", "body:uk-government", "Prime Minister", "Keir Starmer"),
        ("recommendation:inquiry-answers.grenfell-p2-01", "TARGETS", "body:uk-government",
         "Minister for Building Safety and Homelessness", "Rushanara Ali"),
        ("decision:inquiry-answers.covid-m1-01", "PUBLISHED_BY", "body:cabinet-office",
         "Chancellor of the Duchy of Lancaster", "Pat McFadden"),
    ],
)  # fmt: skip
def test_people_in_office_at_answers_and_recommendations(
    about: str, as_: str, named: str, office: str, person: str, ask_rows: AskRows
) -> None:
    rows = ask_rows("in-office-when", about=about)
    found = [row for row in rows if (row["named"], row["as"], row["office_name"]) == (named, as_, office)]
    assert some(found, "person_name", "held", "responsible") == [(person, "certain", "unknown")]


def test_an_inspectorate_whose_offices_nobody_loaded_stays_unknown(ask_rows: AskRows) -> None:
    rows = ask_rows("in-office-when", about="decision:inquiry-answers.grenfell-p2-31")
    assert some([row for row in rows if row["as"] == "MADE_BY"], "named", "office", "person", "held") == [
        ("body:hmicfrs", None, None, "unknown")
    ]


@pytest.fixture
def reports(record: Record) -> list[str]:
    """Give coroners' reports drawn at random, half of them among those that name a department of the ministers."""
    query = (
        "MATCH (d:Document {form: 'coroner_report'})-[:ADDRESSED_TO]->(b) WHERE d.published IS NOT NULL "
        "WITH d, any(i IN collect(b.identifiers) WHERE any(x IN i WHERE x STARTS WITH 'ifg:')) AS is_of_ministers "
        "RETURN d.id AS id, is_of_ministers ORDER BY id"
    )
    rows = record.connection.read(query)
    draw = random.Random(SEED)
    of_ministers = [row["id"] for row in rows if row["is_of_ministers"]]
    return draw.sample([row["id"] for row in rows], REPORTS // 2) + draw.sample(of_ministers, REPORTS // 2)


def test_who_was_in_office_at_coroners_reports(reports: list[str], compare: Compare) -> None:
    for report in reports:
        rows, compared = compare(report)
        assert rows, f"{report} of seed {SEED}"
        assert compared.said == compared.read, f"{report} of seed {SEED}"
        assert {row["responsible"] for row in rows} == {"unknown"}
