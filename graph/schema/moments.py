"""Moments as they are printed and given: ISO 8601, to the second."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Final

from graph.errors import QueryError

__all__ = ["plain_moment", "read_moment"]

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)(?:\[[^\]]+\])?")


def plain_moment(text: str) -> str:
    """A moment to the second, however Neo4j or Python wrote it; any other text as it is."""
    match = _MOMENT.fullmatch(text)
    return f"{match[1]}{'Z' if match[2] == '+00:00' else match[2]}" if match else text


def read_moment(text: str) -> datetime:
    """A day or a moment as somebody types it, UTC where no zone is given.

    A day means its end, and a moment to the second the end of that second: what is printed as recorded in a second is
    there when that second is asked about.
    """
    try:
        if len(text) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise QueryError(
            f"--recorded-at takes a day or a moment, not {text!r}", hint="write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00"
        ) from error
    if "." not in text:
        moment = moment.replace(microsecond=999_999)
    return moment
