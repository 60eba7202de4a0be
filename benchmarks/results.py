"""Measured ratios, as a table in Markdown for the terminal and for the documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

__all__ = ["Result", "describe_machine", "table"]


@dataclass(frozen=True)
class Result:
    """One measurement beside its yardstick; the ratio is `ours` by `peer`."""

    what: str
    unit: str
    ours: float
    peer: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        if self.at_least is not None:
            return self.ratio >= self.at_least
        return self.at_most is None or self.ratio <= self.at_most


def table(results: Iterable[Result]) -> str:
    """The results as a table, one line each."""
    lines = ["| measured | ours | peer | unit | ratio | goal | met |", "| --- | ---: | ---: | --- | ---: | --- | --- |"]
    return "\n".join([*lines, *map(_line, results)])


def describe_machine() -> str:
    """The day and what the numbers were measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{datetime.now(UTC).date()}, {os.cpu_count()} processors, {memory:.0f} GB of memory, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def _line(result: Result) -> str:
    goal, met = "", ""
    if result.at_least is not None or result.at_most is not None:
        goal = f"at least {result.at_least}" if result.at_least is not None else f"at most {result.at_most}"
        met = "yes" if result.is_met else "no"
    return (
        f"| {result.what} | {_number(result.ours)} | {_number(result.peer)} | {result.unit} "
        f"| {result.ratio:.2f} | {goal} | {met} |"
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
