"""A sample of nodes with digests of their properties, by which a new store is proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from heapq import heappush, heapreplace
from typing import Any, Final
from zlib import crc32

from graph.store.digest import canonical

__all__ = ["SIZE", "Sample", "digest_of_properties"]

SIZE: Final = 500


def digest_of_properties(properties: dict[str, Any]) -> str:
    """The digest of a node as the digest of the whole graph sees it."""
    return sha256(canonical(properties).encode()).hexdigest()


@dataclass
class Sample:
    """The nodes whose ids have the smallest hashes: as random as the hash, and the same in every run."""

    kept: list[tuple[int, str, str]] = field(default_factory=list)
    """Hash (negative, for a heap of the smallest), id, digest."""

    def offer(self, id_: str, properties: dict[str, Any]) -> None:
        """Keeps a node where its hash is among the smallest so far."""
        key = -crc32(id_.encode())
        if len(self.kept) < SIZE:
            heappush(self.kept, (key, id_, digest_of_properties(properties)))
        elif key > self.kept[0][0]:
            heapreplace(self.kept, (key, id_, digest_of_properties(properties)))

    def add(self, other: Sample) -> None:
        """Takes the other's nodes too."""
        self.kept = sorted([*self.kept, *other.kept], reverse=True)[:SIZE]
        self.kept.reverse()

    @property
    def digests(self) -> dict[str, str]:
        """Digests by the ids of the nodes."""
        return {id_: digest for _, id_, digest in self.kept}
