"""The rule for what disagrees is written in Python for the view and in Cypher for the questions: they are one rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import SchemaError
from graph.queries.expand import expand
from graph.schema import Claim, GivenDates, Source, make_claim
from graph.store.connection import Connection
from graph.store.rows import claim_row, live_claim
from graph.store.view import contested_claims

SOURCES = st.builds(
    Source,
    document=st.sampled_from(["document:a", "document:b"]),
    published=st.sampled_from(["2010", "2015-06", "2020-01-31"]),
)
DAYS = st.dates(date(2008, 1, 1), date(2022, 1, 1)).map(date.isoformat)
PARTIAL = st.builds(lambda day, cut: day[:cut], DAYS, st.sampled_from([4, 7, 10]))
MAYBE = st.one_of(st.none(), PARTIAL)


@st.composite
def some_claim(draw: st.DrawFn) -> Claim:
    source = draw(SOURCES)
    place = f"page {draw(st.integers(1, 10_000))}"
    kind = draw(st.sampled_from(["held", "role", "number", "day", "word", "office_of", "name", "response", "involved"]))
    try:
        if kind == "held":
            qualifiers = draw(st.sampled_from([{}, {"acting": "yes"}, {"interim": "yes"}]))
            dates = (
                GivenDates(since=draw(MAYBE), until=draw(MAYBE)) if draw(st.booleans()) else GivenDates(on=draw(MAYBE))
            )
            return make_claim(
                "person:p", "HELD", source=source, target="office:o", dates=dates, qualifiers=qualifiers, locator=place
            )
        if kind == "office_of":
            dates = GivenDates(since=draw(MAYBE), until=draw(MAYBE))
            return make_claim(
                "office:o",
                "OFFICE_OF",
                source=source,
                target=draw(st.sampled_from(["body:a", "body:b"])),
                dates=dates,
                locator=place,
            )
        if kind == "role":
            qualifiers = draw(
                st.sampled_from([{}, {"role": "must_act"}, {"role": "consulted"}, {"due": "2020"}, {"due": "2021"}])
            )
            return make_claim(
                "recommendation:r", "TARGETS", source=source, target="body:a", qualifiers=qualifiers, locator=place
            )
        if kind == "response":
            qualifiers = draw(st.sampled_from([{}, {"position": "accepted"}, {"position": "rejected"}]))
            dates = GivenDates(on=draw(MAYBE))
            return make_claim(
                "decision:d",
                "RESPONDS_TO",
                source=source,
                target="recommendation:r",
                qualifiers=qualifiers,
                dates=dates,
                locator=place,
            )
        if kind == "involved":
            qualifiers = draw(st.sampled_from([{}, {"role": "speaker"}, {"role": "host"}]))
            dates = GivenDates(on=draw(MAYBE))
            return make_claim(
                "event:e", "INVOLVED", source=source, target="body:a", qualifiers=qualifiers, dates=dates, locator=place
            )
        if kind == "number":
            bound = draw(st.sampled_from(["exact", "about", "at_least", "at_most"]))
            return make_claim(
                "observation:o",
                "value",
                source=source,
                value=str(draw(st.integers(1, 30)) * 10),
                bound=bound,
                locator=place,
            )
        if kind == "day":
            return make_claim("document:x", "published", source=source, value=draw(PARTIAL), locator=place)
        if kind == "name":
            dates = GivenDates(since=draw(MAYBE), until=draw(MAYBE))
            return make_claim(
                "body:a",
                "name",
                source=source,
                value=draw(st.sampled_from(["One", "one", "Two"])),
                dates=dates,
                locator=place,
            )
        return make_claim(
            "inquiry:i", "form", source=source, value=draw(st.sampled_from(["audit", "review"])), locator=place
        )
    except SchemaError:
        return make_claim("topic:t", "name", source=source, value="T", locator=place)


def python_pairs(claims: list[Claim]) -> set[frozenset[str]]:
    pairs = set()
    for one, other in combinations(claims, 2):
        if one.subject == other.subject:
            both = [_as_live(one), _as_live(other)]
            if contested_claims(one.subject, both) == {one.id, other.id}:
                pairs.add(frozenset({one.id, other.id}))
    return pairs


def _as_live(claim: Claim) -> Any:
    return live_claim(claim_row(claim)["properties"], ["document:a"])


END = datetime(9999, 12, 31, tzinfo=UTC)
QUERY = expand(
    "UNWIND range(0, size($claims) - 1) AS i UNWIND range(0, size($claims) - 1) AS j "
    "WITH $claims[i] AS one, $claims[j] AS other, i, j WHERE i < j AND one.subject = other.subject "
    "AND one.predicate = other.predicate AND (disagree(one, other)) RETURN one.id AS one, other.id AS other"
)


def cypher_pairs(connection: Connection, claims: list[Claim]) -> set[frozenset[str]]:
    rows = [claim_row(claim)["properties"] for claim in claims]
    return {
        frozenset({row["one"], row["other"]}) for row in connection.read(QUERY, {"claims": rows, "recorded_at": END})
    }


def same(connection: Connection, claims: list[Claim]) -> None:
    once = list({claim.id: claim for claim in claims}.values())
    assert cypher_pairs(connection, once) == python_pairs(once)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=st.lists(some_claim(), min_size=2, max_size=40))
def test_both_rules_agree(connection: Connection, claims: list[Claim]) -> None:
    same(connection, claims)


def test_a_qualifier_that_is_exclusive_elsewhere_makes_no_dispute(connection: Connection) -> None:
    source = Source(document="document:a", published="2010")
    parts = [
        make_claim("event:e", "INVOLVED", source=source, target="body:a", qualifiers={"role": role}, locator="page 1")
        for role in ("speaker", "host")
    ]
    assert cypher_pairs(connection, parts) == python_pairs(parts) == set()


@pytest.mark.fuzz
@settings(max_examples=3_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=st.lists(some_claim(), min_size=2, max_size=40))
def test_both_rules_agree_for_long(connection: Connection, claims: list[Claim]) -> None:
    same(connection, claims)
