"""By what coroners' reports are told apart: their number and date, since their numbers repeat and some are blank.

Reports that share these, or have none, are told apart by whom they address and where; those that nothing in the list
tells apart (a report on several deaths is listed once for each) by their order among each other alone. So no key holds
the number of a row, and rows that are inserted, left out or put in another order change the key of no other report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from graph.schema.ids import digest_of

__all__ = ["ReportSigns", "first_key", "report_keys"]

_DASH: Final = re.compile(r"\s*[–—-]\s*")


class ReportSigns(NamedTuple):
    """What the list says of a report."""

    row: int
    number: str | None
    date: str | None
    area: str
    addressees: str


def first_key(number: str | None, date: str | None, area: str = "") -> str:
    """`2025-0347~2025-07-08`; a report without a number has its day and area."""
    if number is None:
        return f"{date or 'undated'}~{area}"
    number = _DASH.sub("-", number)
    return f"{number}~{date}" if date is not None else number


def report_keys(reports: Iterable[ReportSigns]) -> dict[int, str]:
    """The key of the report in each row."""
    found = [(signs, first_key(*signs[1:4])) for signs in reports]
    different: dict[str, set[str]] = {}
    for signs, key in found:
        different.setdefault(key, set()).add(_details(signs))
    keys: dict[int, str] = {}
    times: Counter[str] = Counter()
    for signs, first in found:
        key = f"{first}~{_details(signs)}" if len(different[first]) > 1 else first
        times[key] += 1
        keys[signs.row] = f"{key}~{times[key]}" if times[key] > 1 else key
    return keys


def _details(signs: ReportSigns) -> str:
    return digest_of([signs.area, signs.addressees])[:8]
