"""The claims that a load has just written, by subject, so that the current view need not read them back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from graph.store.rows import LiveClaim

__all__ = ["LIMIT", "RecentClaims"]

LIMIT: Final = 30_000
"""Claims that are kept at once, about 60 MB."""


class RecentClaims:
    """Claims by the entity they speak of, the entities in the order in which they were met.

    What it holds of an entity may be only a part; whoever asks says how many claims the graph has of it, and gets an
    answer only where that is what is held.
    """

    def __init__(self) -> None:
        self._by_subject: dict[str, list[LiveClaim]] = {}
        self._count = 0

    @property
    def is_full(self) -> bool:
        return self._count >= LIMIT

    def add(self, claims: Iterable[LiveClaim]) -> None:
        """Remember claims that were written and are live."""
        for claim in claims:
            self._by_subject.setdefault(claim.subject, []).append(claim)
            self._count += 1

    def all_of(self, entity: str, count: int) -> list[LiveClaim] | None:
        """The claims of an entity by id, or None where these are not the `count` claims that the graph has of it."""
        held = self._by_subject.get(entity, [])
        return sorted(held, key=lambda claim: claim.id) if len(held) == count else None

    def oldest(self, count: int) -> list[str]:
        """The entities that were met first."""
        return sorted(islice(self._by_subject, count))

    def forget(self, entities: Iterable[str]) -> None:
        """Drop what is held of these entities."""
        for entity in entities:
            self._count -= len(self._by_subject.pop(entity, ()))

    def clear(self) -> None:
        """Drop everything."""
        self._by_subject.clear()
        self._count = 0
