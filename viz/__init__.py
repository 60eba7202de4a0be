"""pyvis over `graph`: subgraphs that one can explore, served or saved as one file, with the evidence in hand."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from viz.asked import Asked, show
    from viz.network import Network
    from viz.stories import read_story
    from viz.telling import tell

__all__ = ["Asked", "Network", "read_story", "show", "tell"]

_HOMES = {
    "Asked": "viz.asked",
    "Network": "viz.network",
    "read_story": "viz.stories",
    "show": "viz.asked",
    "tell": "viz.telling",
}


def __getattr__(name: str) -> Any:
    # Not imported above: pyvis takes a third of a second, and commands that draw nothing import this package.
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
