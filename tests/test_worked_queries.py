"""The worked queries of the docs run as they are printed, on the seeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.queries import Catalogue, ask
from graph.store.connection import Connection
from graph.store.guard import GuardedResult, run_guarded

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "write-cypher.md"
QUERIES = dict(
    re.findall(r"^### (\d+)\. .*?^```cypher\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
MAY_BE_EMPTY = {
    "said_by",
    "number",
    "class",
    "date",
    "position",
    "words",
    "count",
    "of",
    "stage",
    "in_their_words",
    "responder",
}
"""Columns of which a row may have no value; of the others each row has one."""


def run(connection: Connection, number: str) -> GuardedResult:
    return run_guarded(connection, QUERIES[number], {}, limit=1_000, timeout=20)


def test_there_are_twenty() -> None:
    assert list(QUERIES) == [str(number) for number in range(1, 21)]


@pytest.mark.parametrize("number", QUERIES)
def test_a_worked_query_finds_something(seeds: Connection, number: str) -> None:
    result = run(seeds, number)
    assert result.rows
    assert not result.truncated
    empty = {name for row in result.rows for name, value in row.items() if value is None}
    assert empty <= MAY_BE_EMPTY


def test_the_targets_are_those_of_the_named_query(seeds: Connection) -> None:
    answer = ask(seeds, Catalogue()["recommendation-targets"], {"inquiry": "inquiry:casey-audit-2025"})
    named = {(row["recommendation_name"], row["target_name"]) for row in answer.rows}
    assert {(row["recommendation"], row["target"]) for row in run(seeds, "1").rows} == named


def test_the_holder_is_that_of_the_named_query(seeds: Connection) -> None:
    assert [row["person"] for row in run(seeds, "13").rows] == ["Theresa May"]


def test_evidence_is_that_of_the_named_query(seeds: Connection) -> None:
    answer = ask(seeds, Catalogue()["recommendation-targets"], {"inquiry": "inquiry:casey-audit-2025"})
    named = {
        (row["target_name"], item["title"], item["locator"])
        for row in answer.rows
        if row["recommendation"] == "recommendation:casey-audit-2025-1"
        for item in row["evidence"]
        if item["predicate"] == "TARGETS"
    }
    assert {(row["target"], row["document"], row["place"]) for row in run(seeds, "2").rows} == named
