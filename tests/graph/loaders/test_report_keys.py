"""Keys of coroners' reports: rows that are inserted, left out or put in another order change no other report's key."""

from __future__ import annotations

from graph.loaders.report_keys import ReportSigns, report_keys

PLAIN = ReportSigns(2, "2025-0347", "2025-07-08", "Avon", "Home Office")
DASH = ReportSigns(3, "2016 – 0396", "2016-11-10", "Avon", "Coastguard")
UNDATED = ReportSigns(4, "2025-0617", None, "Avon", "Ministry")
BLANK = ReportSigns(5, None, "2015-12-14", "Kent", "Hospital")
TWICE = [ReportSigns(6, "2024-0702", "2024-12-20", area, "Ministry") for area in ("Avon", "Kent")]
EQUAL = [ReportSigns(row, "2016-0146", "2016-04-19", "Powys", "Council") for row in (8, 9, 10)]


def keys_of(*reports: ReportSigns) -> list[str]:
    numbered = [report._replace(row=row) for row, report in enumerate(reports)]
    return list(report_keys(numbered).values())


def test_a_report_is_known_by_its_number_and_date() -> None:
    assert keys_of(PLAIN, DASH, UNDATED) == ["2025-0347~2025-07-08", "2016-0396~2016-11-10", "2025-0617"]


def test_one_without_a_number_by_its_day_and_area() -> None:
    assert keys_of(BLANK) == ["2015-12-14~Kent"]


def test_reports_of_one_number_and_date_are_told_apart_by_what_they_say_in_any_order() -> None:
    one, other = keys_of(*TWICE)
    assert one != other
    assert keys_of(*reversed(TWICE)) == [other, one]
    assert all(key.startswith("2024-0702~2024-12-20~") for key in (one, other))


def test_reports_that_nothing_tells_apart_are_counted() -> None:
    assert keys_of(*EQUAL) == ["2016-0146~2016-04-19", "2016-0146~2016-04-19~2", "2016-0146~2016-04-19~3"]


def test_rows_that_are_inserted_or_moved_change_no_key() -> None:
    reports = [PLAIN, DASH, BLANK, *TWICE, *EQUAL]
    more = [UNDATED, *reversed(reports)]
    assert set(keys_of(*reports)) < set(keys_of(*more))
    before = dict(zip(reports[:5], keys_of(*reports), strict=False))
    assert before.items() <= dict(zip(more, keys_of(*more), strict=True)).items()
