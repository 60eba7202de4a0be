"""Why something is not loaded in bulk."""

from __future__ import annotations

from graph.errors import StoreError

__all__ = ["Unsuited"]


class Unsuited(StoreError):
    """A load, or a graph, that a bulk load does not fit. Nothing was changed; the batched writer takes it."""
