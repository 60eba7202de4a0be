"""Measured ratios, as one table on the terminal and the same as Markdown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Result"]


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
