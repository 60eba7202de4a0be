"""Turns of strangers' Cypher, so that they share neither all of Neo4j's memory nor all of its cores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from api.problems import Kind, ProblemError

__all__ = ["Turns"]

T = TypeVar("T")
_AT_ONCE: Final = 4
_MOST_WAITING: Final = 100


class Turns:
    """So many run at once; the others wait, and hold no thread that others need."""

    def __init__(self) -> None:
        self._limiter = CapacityLimiter(_AT_ONCE)

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` gives, when it has its turn; raises ProblemError where too many wait."""
        if self._limiter.statistics().tasks_waiting >= _MOST_WAITING:
            raise ProblemError(Kind.BUSY, Kind.BUSY.meaning, headers={"Retry-After": "1"})
        return await to_thread.run_sync(work, limiter=self._limiter)
