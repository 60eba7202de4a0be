"""Partial dates and their bounds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SchemaError
from graph.schema import Bounds, Certainty, GivenDates, TimeClass
from graph.schema.dates import END_OF_TIME, START_OF_TIME, days_of, public_by, valid_bounds

AS_AT = (date(2020, 6, 1), date(2020, 6, 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_partial_date_means_all_its_days(text: str, first: date, last: date) -> None:
    assert days_of(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-13", "24-01-01", "2024-1", "", "yesterday", "2024-02-29 ", "0000"]
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(SchemaError):
        days_of(text)


def test_the_end_of_a_month_reaches_to_the_first_of_the_next() -> None:
    bounds = valid_bounds(TimeClass.STATE, GivenDates(since="2017", until="2018-01"), AS_AT)
    assert bounds == Bounds(date(2017, 1, 1), date(2017, 12, 31), date(2018, 1, 1), date(2018, 2, 1))


def test_a_last_day_ends_the_day_after() -> None:
    bounds = valid_bounds(TimeClass.STATE, GivenDates(since="2017-01-01", through="2018-01-31"), AS_AT)
    assert bounds == Bounds(date(2017, 1, 1), date(2017, 1, 1), date(2018, 2, 1), date(2018, 2, 1))


def test_an_open_end_is_certain_until_the_document_and_possible_after() -> None:
    bounds = valid_bounds(TimeClass.STATE, GivenDates(since="2017-01-01"), AS_AT)
    assert [bounds.on(day) for day in (date(2016, 12, 31), date(2017, 1, 1), date(2020, 6, 1), date(2020, 6, 2))] == [
        Certainty.NO,
        Certainty.CERTAIN,
        Certainty.CERTAIN,
        Certainty.POSSIBLE,
    ]


def test_on_a_day_says_nothing_of_other_days() -> None:
    bounds = valid_bounds(TimeClass.STATE, GivenDates(on="2019-05-05"), AS_AT)
    assert bounds == Bounds(START_OF_TIME, date(2019, 5, 5), date(2019, 5, 6), END_OF_TIME)
    assert [bounds.on(date(2019, 5, day)) for day in (4, 5, 6)] == [
        Certainty.POSSIBLE,
        Certainty.CERTAIN,
        Certainty.POSSIBLE,
    ]


def test_what_happened_is_so_from_then_on() -> None:
    assert valid_bounds(TimeClass.HAPPENING, GivenDates(on="2019-05"), AS_AT) == Bounds(
        date(2019, 5, 1), date(2019, 5, 31), END_OF_TIME, END_OF_TIME
    )


def test_a_state_without_dates_is_certain_on_the_day_of_its_document_only() -> None:
    bounds = valid_bounds(TimeClass.STATE, GivenDates(), AS_AT)
    assert [bounds.on(date(2020, month, 1)) for month in (5, 6, 7)] == [
        Certainty.POSSIBLE,
        Certainty.CERTAIN,
        Certainty.POSSIBLE,
    ]


def test_an_end_nobody_gives_is_possible_only() -> None:
    bounds = valid_bounds(TimeClass.STATE, GivenDates(since="2017-01-01", until="unknown"), AS_AT)
    assert bounds.on(date(2018, 1, 1)) is Certainty.POSSIBLE


@pytest.mark.parametrize(
    ("given_dates", "message"),
    [
        (GivenDates(since="2020", until="2019"), "lies before the start"),
        (GivenDates(on="2020", since="2019"), "`on` stands beside"),
        (GivenDates(until="2020", through="2020"), "both given"),
    ],
)
def test_contradicting_dates_are_refused(given_dates: GivenDates, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        valid_bounds(TimeClass.STATE, given_dates, AS_AT)


def test_timeless_predicates_take_no_dates() -> None:
    with pytest.raises(SchemaError, match="has no dates"):
        valid_bounds(TimeClass.TIMELESS, GivenDates(on="2020"), AS_AT)


def test_a_document_was_public_when_it_was_retrieved_at_the_latest() -> None:
    assert public_by(None, "2026-11") == (START_OF_TIME, date(2026, 11, 30))
    assert public_by("2025-06", "2026-11") == (date(2025, 6, 1), date(2025, 6, 30))
    assert public_by(None) == (START_OF_TIME, END_OF_TIME)


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(since=DAYS, until=DAYS, day=DAYS)
def test_exact_days_leave_no_doubt(since: date, until: date, day: date) -> None:
    if until <= since:
        return
    bounds = valid_bounds(TimeClass.STATE, GivenDates(since=since.isoformat(), until=until.isoformat()), AS_AT)
    assert bounds.on(day) is (Certainty.CERTAIN if since <= day < until else Certainty.NO)


@given(since=st.one_of(st.none(), DAYS), until=st.one_of(st.none(), DAYS), cut=st.sampled_from([4, 7, 10]))
def test_bounds_are_in_order_and_never_missing(since: date | None, until: date | None, cut: int) -> None:
    dates = GivenDates(
        since=since.isoformat()[:cut] if since else None, until=until.isoformat()[:cut] if until else None
    )
    try:
        bounds = valid_bounds(TimeClass.STATE, dates, AS_AT)
    except SchemaError:
        assert since is not None
        assert until is not None
        assert until <= since
        return
    assert bounds.from_earliest <= bounds.from_latest
    assert bounds.until_earliest <= bounds.until_latest
    assert bounds.from_earliest < bounds.until_latest
