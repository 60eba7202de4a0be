"""What a body inherits from those that came before it: `--with-predecessors`, and bodies found by name and date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import AmbiguousName, QueryError
from graph.queries import find_entity
from graph.store.connection import Connection

AskRows = Callable[..., list[dict[str, Any]]]
AskQuery = Callable[..., Any]
LoadFacts = Callable[..., Any]

FACTS = """\
document: {id: document:register, title: Register of bodies, form: dataset, published: 2026-06-01}
says:
  - entity: body:works
    at: row 1
    name: Ministry of Works
    ended: 2012-01-01
    succeeded_by: {to: body:homes-2012, how: renamed, on: 2012-01-01}
  - entity: body:homes-2012
    at: row 2
    name: Ministry of Homes
    started: 2012-01-01
    ended: 2016-07-01
    succeeded_by:
      - {to: body:levelling, how: renamed, on: 2016-07-01}
      - {to: body:figures, how: functions_moved, scope: statistics, on: 2014-03-01}
  - entity: body:levelling
    at: row 3
    name: Ministry of Levels
    started: 2016-07-01
    ended: 2020-02-01
    succeeded_by: {to: body:homes-2020, how: renamed, on: 2020-02-01}
  - entity: body:homes-2020
    at: row 4
    name: Ministry of Homes
    started: 2020-02-01
  - entity: body:figures
    at: row 5
    name: Office of Figures
    succeeded_by: {to: body:homes-2012, how: functions_moved, scope: maps, on: 2015}
  - entity: body:county
    at: row 6
    name: County Council
    ended: 2021-04-01
    succeeded_by: [{to: body:north, on: 2021-04-01}, {to: body:south, on: 2021-04-01}]
  - entity: body:north
    at: row 7
    name: North Council
    started: 2021-04-01
  - entity: body:south
    at: row 8
    name: South Council
    started: 2021-04-01
  - entity: body:rumoured
    at: row 9
    name: Rumoured Board
---
document: {id: document:order, title: An order, form: act, published: 2012-01-01}
says:
  - entity: body:works
    at: article 2
    succeeded_by: {to: body:homes-2012, instrument: The order}
  - entity: body:rumoured
    review: unchecked
    succeeded_by: {to: body:works, how: merged}
---
document: {id: document:first, title: First report, form: report, published: 2010-05-01}
says:
  - {entity: inquiry:first, at: cover, name: First inquiry, produced: document:first}
  - entity: recommendation:works
    at: page 1
    name: Build
    number: "1"
    made_in: document:first
    targets: {to: body:works, role: must_act}
  - entity: recommendation:county
    at: page 2
    name: Help
    made_in: document:first
    targets: {to: body:county, role: must_act}
  - entity: recommendation:rumoured
    at: page 3
    name: Speak
    made_in: document:first
    targets: {to: body:rumoured, role: must_act}
---
document: {id: document:second, title: Second report, form: report, published: 2015-06-01}
says:
  - {entity: inquiry:second, at: cover, name: Second inquiry, produced: document:second}
  - entity: recommendation:homes
    at: page 1
    name: Count
    made_in: document:second
    targets: {to: body:homes-2012, role: must_act, due: 2015-12}
  - entity: recommendation:figures
    at: page 2
    name: Draw
    made_in: document:second
    targets: {to: body:figures, role: must_act}
  - entity: recommendation:homes-early
    at: page 3
    name: Count early
    made_in: document:early
    targets: {to: body:homes-2012, role: must_act}
---
document: {id: document:early, title: Early report, form: report, published: 2013-06-01}
says:
  - {entity: inquiry:early, at: cover, name: Early inquiry, produced: document:early}
---
document: {id: document:answer, title: Answer, form: response, published: 2017-01-10}
says:
  - entity: decision:answer
    at: page 1
    name: The ministry answers
    form: response
    date: 2017-01-10
    made_by: body:levelling
    responds_to: {to: recommendation:homes, position: accepted}
"""
STEPS = ["2012-01-01 renamed", "2016-07-01 renamed", "2020-02-01 renamed"]


@pytest.fixture(autouse=True)
def _loaded(load_facts: LoadFacts) -> None:
    load_facts(FACTS)


def inherited(rows: list[dict[str, Any]]) -> dict[str, tuple[str, str, list[str], list[str]]]:
    """By item: from whom, how certainly, by which path and steps; what the body was told itself is left out."""
    return {
        row["item"]: (row["predecessor"], row["inherited"], row["path"], row["successions"])
        for row in rows
        if row["predecessor"] is not None
    }


def test_without_the_flag_a_body_was_told_what_it_was_told(ask_rows: AskRows) -> None:
    assert ask_rows("body-recommendations", body="body:homes-2020") == []
    rows = ask_rows("body-recommendations", body="body:homes-2012")
    assert [row["item"] for row in rows] == ["recommendation:homes-early", "recommendation:homes"]
    assert {row["predecessor"] for row in rows} == {row["inherited"] for row in rows} == {None}
    assert all(row["path"] == row["successions"] == [] for row in rows)


def test_what_was_told_before_comes_down_with_the_path(ask_rows: AskRows) -> None:
    rows = ask_rows("body-recommendations", body="body:homes-2020", with_predecessors="yes")
    path = ["body:works", "body:homes-2012", "body:levelling", "body:homes-2020"]
    assert inherited(rows) == {
        # In 2014 statistics moved elsewhere: what was said before may be about them.
        "recommendation:works": ("body:works", "possible", path, STEPS),
        "recommendation:homes-early": ("body:homes-2012", "possible", path[1:], STEPS[1:]),
        "recommendation:homes": ("body:homes-2012", "certain", path[1:], STEPS[1:]),
        "recommendation:figures": (
            "body:figures",
            "possible",
            ["body:figures", *path[1:]],
            ["2015 functions_moved (maps)", *STEPS[1:]],
        ),
    }
    evidence = next(row["evidence"] for row in rows if row["item"] == "recommendation:works")
    steps = [(item["subject"], item["document"]) for item in evidence if item["predicate"] == "SUCCEEDED_BY"]
    assert sorted(steps) == [
        ("body:homes-2012", "document:register"),
        ("body:levelling", "document:register"),
        ("body:works", "document:order"),
        ("body:works", "document:register"),
    ]
    assert next(row["path_names"] for row in rows if row["item"] == "recommendation:works") == [
        "Ministry of Works",
        "Ministry of Homes",
        "Ministry of Levels",
        "Ministry of Homes",
    ]


def test_what_moved_before_something_was_said_did_not_take_it_along(ask_rows: AskRows) -> None:
    rows = inherited(ask_rows("body-recommendations", body="body:figures", with_predecessors="yes"))
    # Statistics moved in March 2014; the report of 2015 came too late for that.
    assert {item: row[:2] for item, row in rows.items()} == {
        "recommendation:works": ("body:works", "possible"),
        "recommendation:homes-early": ("body:homes-2012", "possible"),
    }
    assert rows["recommendation:homes-early"][3] == ["2014-03-01 functions_moved (statistics)"]


def test_successions_that_go_round_end(ask_rows: AskRows) -> None:
    """Figures came from homes, and maps went back there; no body stands twice on a path, and none is its own heir."""
    rows = ask_rows("body-recommendations", body="body:homes-2012", with_predecessors="yes")
    assert {item: row[:2] for item, row in inherited(rows).items()} == {
        "recommendation:works": ("body:works", "certain"),
        "recommendation:figures": ("body:figures", "possible"),
    }
    assert all(len(row["path"]) == len(set(row["path"])) for row in rows)


@pytest.mark.parametrize("heir", ["body:north", "body:south"])
def test_of_two_heirs_each_is_only_possible(ask_rows: AskRows, heir: str) -> None:
    rows = ask_rows("body-recommendations", body=heir, with_predecessors="yes")
    assert inherited(rows) == {
        "recommendation:county": ("body:county", "possible", ["body:county", heir], ["2021-04-01 succeeded"])
    }


def test_an_unchecked_succession_is_left_out_and_counted(ask_query: AskQuery) -> None:
    answer = ask_query("body-recommendations", body="body:works", with_predecessors="yes")
    assert [row["item"] for row in answer.rows] == ["recommendation:works"]
    assert answer.left_out == {"unchecked": 1, "relation": "eq"}
    asked = ask_query("body-recommendations", body="body:works", with_predecessors="yes", include_unchecked=True)
    assert inherited(asked.rows) == {
        "recommendation:rumoured": ("body:rumoured", "certain", ["body:rumoured", "body:works"], ["undated merged"])
    }


def test_answers_of_those_between_are_the_targets_own(ask_rows: AskRows) -> None:
    def answers(body: str) -> tuple[list[str], list[str]]:
        rows = ask_rows("body-recommendations", body=body, with_predecessors="yes")
        row = next(row for row in rows if row["item"] == "recommendation:homes")
        return row["answers_of_target"], row["answers_of_others"]

    text = "2017-01-10 Ministry of Levels: accepted"
    assert answers("body:homes-2020") == ([text], [])
    assert answers("body:homes-2012") == ([], [text])


def unanswered(rows: list[dict[str, Any]]) -> dict[str, tuple[str, list[str], str | None]]:
    return {row["recommendation"]: (row["target"], row["state"], row["inherited"]) for row in rows}


def test_what_is_unanswered_comes_down_too(ask_rows: AskRows) -> None:
    assert ask_rows("unanswered-recommendations", body="body:homes-2020") == []
    rows = ask_rows("unanswered-recommendations", body="body:homes-2020", with_predecessors="yes")
    assert unanswered(rows) == {
        "recommendation:works": ("body:works", ["none"], "possible"),
        "recommendation:homes-early": ("body:homes-2012", ["none"], "possible"),
        "recommendation:homes": ("body:homes-2012", ["answered_by_successor", "overdue"], "certain"),
        "recommendation:figures": ("body:figures", ["none"], "possible"),
    }
    row = next(row for row in rows if row["recommendation"] == "recommendation:works")
    assert (row["path"][0], row["successions"]) == ("body:works", STEPS)
    assert sum(item["predicate"] == "SUCCEEDED_BY" for item in row["evidence"]) == 4


def test_only_an_inquiry_of_a_body_with_its_predecessors(ask_rows: AskRows) -> None:
    rows = ask_rows(
        "unanswered-recommendations", body="body:homes-2020", inquiry="inquiry:early", with_predecessors="yes"
    )
    assert unanswered(rows) == {"recommendation:homes-early": ("body:homes-2012", ["none"], "possible")}


def test_nothing_comes_down_before_the_succession(ask_rows: AskRows) -> None:
    def on(day: str) -> dict[str, tuple[str, list[str], str | None]]:
        return unanswered(
            ask_rows("unanswered-recommendations", body="body:levelling", with_predecessors="yes", valid_at=day)
        )

    assert on("2016-06-30") == {}
    assert on("2016-07-01")["recommendation:homes"] == (
        "body:homes-2012",
        ["answered_by_successor", "overdue"],
        "certain",
    )


def test_a_succession_that_nobody_could_know_or_was_not_recorded_is_none(
    ask_rows: AskRows, load_facts: LoadFacts
) -> None:
    known = ask_rows("body-recommendations", body="body:homes-2012", with_predecessors="yes", known_at="2014-01-01")
    # The order of 2012 tells of it; how, only the register of 2026 does.
    assert inherited(known)["recommendation:works"][1:] == (
        "certain",
        ["body:works", "body:homes-2012"],
        ["undated succeeded"],
    )
    load_facts(FACTS.replace("    succeeded_by: {to: body:homes-2020, how: renamed, on: 2020-02-01}\n", ""))
    assert ask_rows("body-recommendations", body="body:homes-2020", with_predecessors="yes") == []
    then = ask_rows("body-recommendations", body="body:homes-2020", with_predecessors="yes", recorded_at="2026-01-01")
    assert len(inherited(then)) == 4


def test_an_undated_succession_is_only_possible_on_a_day(ask_rows: AskRows, load_facts: LoadFacts) -> None:
    load_facts(FACTS.replace("how: renamed, on: 2020-02-01", "how: renamed"))
    rows = ask_rows("unanswered-recommendations", body="body:homes-2020", with_predecessors="yes")
    assert unanswered(rows)["recommendation:homes"][2] == "possible"
    # Whenever it was: what the ministry had been told came down with it.
    rows = ask_rows("body-recommendations", body="body:homes-2020", with_predecessors="yes")
    assert inherited(rows)["recommendation:homes"][1] == "certain"


def test_predecessors_of_nobody_are_refused(ask_query: AskQuery) -> None:
    with pytest.raises(QueryError, match="`with_predecessors` of `unanswered-recommendations` needs `body`") as caught:
        ask_query("unanswered-recommendations", inquiry="inquiry:first", with_predecessors="yes")
    assert caught.value.hint == "add --body …"
    assert ask_query("unanswered-recommendations", inquiry="inquiry:first", with_predecessors="no").rows != []


def test_a_split_among_several_claims_leaves_the_succession_open(ask_rows: AskRows, load_facts: LoadFacts) -> None:
    load_facts(FACTS.replace("{to: body:homes-2012, instrument: The order}", "{to: body:homes-2012, how: split}"))
    rows = ask_rows("body-recommendations", body="body:homes-2012", with_predecessors="yes")
    assert inherited(rows)["recommendation:works"][1] == "possible"
    certainty = {r["earlier"]: r["certainty"] for r in ask_rows("body-succession", body="body:homes-2012")}
    assert certainty["body:works"] == "possible"


def test_a_name_means_the_body_that_was_there(connection: Connection) -> None:
    def meant(name: str, day: date) -> str:
        return find_entity(connection, name, ("Body",), day)

    assert meant("Ministry of Homes", date(2014, 1, 1)) == "body:homes-2012"
    assert meant("Ministry of Homes", date(2024, 1, 1)) == "body:homes-2020"
    with pytest.raises(AmbiguousName):
        find_entity(connection, "Ministry of Homes", ("Body",))
    # What was over, or had not begun, is still found; what had not begun stands for what was renamed into it.
    assert meant("Ministry of Works", date(2024, 1, 1)) == "body:works"
    assert meant("Ministry of Levels", date(2011, 1, 1)) == "body:works"
    assert meant("Ministry of Levels", date(2014, 1, 1)) == "body:homes-2012"
    assert meant("Ministry of Levels", date(2018, 1, 1)) == "body:levelling"


def test_an_id_means_itself_on_every_day(connection: Connection) -> None:
    assert find_entity(connection, "body:levelling", ("Body",), date(2011, 1, 1)) == "body:levelling"


def test_several_successors_without_a_word_on_how_leave_it_open(ask_rows: AskRows) -> None:
    rows = ask_rows("body-succession", body="body:county")
    assert {row["later"]: row["certainty"] for row in rows} == {"body:north": "possible", "body:south": "possible"}
