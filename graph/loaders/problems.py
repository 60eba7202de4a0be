"""What is wrong with single rows of a source: kept with file, row and reason, while the rest is loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from graph.errors import InquiryError, SourceError

__all__ = ["MOST_PROBLEMS", "Problem", "Problems"]

MOST_PROBLEMS: Final = 10_000
"""Beyond this a file has another layout than it is said to have, and a list of its rows helps nobody."""


class Problem(NamedTuple):
    """A row that was refused, or, with `is_refused` false, one that was taken with a remark."""

    file: str
    row: int
    key: str
    reason: str
    is_refused: bool = True


class Problems:
    """Collects the problems of one reading of a source; one that is met again is told once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def refused(self) -> list[Problem]:
        """The rows that are not loaded."""
        return [problem for problem in self._found if problem.is_refused]

    @property
    def remarks(self) -> list[Problem]:
        """The rows that are loaded, but not as they stand."""
        return [problem for problem in self._found if not problem.is_refused]

    def add(self, problem: Problem) -> None:
        """Keeps a problem; raises SourceError where there are too many of them."""
        if len(self._found) >= MOST_PROBLEMS:
            raise SourceError(
                f"more than {MOST_PROBLEMS:,} rows are refused or remarked upon; the last: {problem.reason}",
                where=f"{problem.file}, row {problem.row}",
                hint="compare the file with the columns that the description of the source gives",
            )
        self._found[problem] = None

    def clear(self) -> None:
        """Forgets all, before the source is read once more."""
        self._found.clear()

    def write(self, path: Path) -> None:
        """Writes the list as CSV."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["file", "row", "key", "refused", "reason"])
            for problem in self._found:
                refused = "yes" if problem.is_refused else "no"
                writer.writerow([problem.file, problem.row, problem.key, refused, problem.reason])


def reason_of(error: InquiryError) -> str:
    """An error in one line."""
    return f"{error.message} ({error.hint})" if error.hint else error.message
