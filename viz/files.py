"""The files of pages: styles and scripts, each by a name that changes with its content."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final, NamedTuple

from viz.bundle import vis_network

__all__ = [
    "EDITOR_SCRIPTS", "PAGE_SCRIPTS", "PAGE_STYLES", "VIEW_SCRIPTS", "VIEW_STYLES", "Asset", "asset", "assets",
    "edition",
]  # fmt: skip

PAGE_STYLES: Final = ("base.css", "pages.css")
PAGE_SCRIPTS: Final = ("finder.js",)
EDITOR_SCRIPTS: Final = ("finder.js", "editor.js")
VIEW_STYLES: Final = ("base.css", "view.css")
VIEW_SCRIPTS: Final = (
    "vis-network.js", "dom.js", "data.js", "state.js", "look.js", "places.js", "server.js", "expansion.js", "shown.js",
    "names.js", "canvas.js", "story.js", "panel.js", "legend.js", "table.js", "search.js", "export.js", "keys.js",
    "view.js",
)  # fmt: skip
"""In the order in which they need each other."""
_CLOSES: Final = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)
_MEDIA_TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Asset(NamedTuple):
    """A style sheet or a script."""

    name: str
    text: str

    @property
    def media_type(self) -> str:
        """What `Content-Type` says."""
        return _MEDIA_TYPES[self.name.rpartition(".")[2]]

    @property
    def address(self) -> str:
        """Where a server gives it: for ever, since another content has another address."""
        return f"/static/{sha256(self.text.encode()).hexdigest()[:16]}/{self.name}"

    @property
    def source(self) -> str:
        """Its hash, as a content security policy names what stands in the page itself."""
        return f"'sha256-{b64encode(sha256(self.text.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> Asset:
    """The file called so; raises ValueError where its text would end the element in which a saved page holds it."""
    text = vis_network() if name == "vis-network.js" else (files("viz") / "assets" / name).read_text(encoding="utf-8")
    if _CLOSES.search(text):
        raise ValueError(f"{name} cannot stand in a page")
    return Asset(name, text)


@cache
def edition() -> str:
    """A hash of all files of pages, templates too: a page that was kept is good as long as it is the same."""
    found = sha256()
    for file in sorted((files("viz") / "assets").iterdir(), key=lambda file: file.name):
        found.update(f"{file.name}\n{file.read_text(encoding='utf-8')}".encode())
    return found.hexdigest()


def assets() -> dict[str, Asset]:
    """All files that a server gives, by address."""
    named = map(asset, dict.fromkeys((*PAGE_STYLES, *EDITOR_SCRIPTS, *VIEW_STYLES, *VIEW_SCRIPTS)))
    return {one.address: one for one in named}
