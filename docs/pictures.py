"""Makes the pictures of the README anew from the graph of `make demo`: `python docs/pictures.py`; it needs Chromium."""

from __future__ import annotations

import sys
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from graph.commands.context import connected, read_settings
from graph.queries import Catalogue, Times
from graph.store.connection import Connection
from viz.asked import Asked, show
from viz.network import Network
from viz.stories import read_story, seed_stories
from viz.telling import tell

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from browsing import chromium  # of the tests' support, which stands in no package

HERE = Path(__file__).parent / "pictures"
VIEWS: Final = {
    "view": ("entity=recommendation:casey-audit-2025-2&limit=60", "#sel=recommendation:casey-audit-2025-2"),
    "by-year": ("query=decision-reversals&preset=reversals", "#layout=time"),
    "story": (None, "#step=8"),
}
SIZE: Final = {"width": 1280, "height": 760}


def main() -> None:
    """Write `docs/pictures/NAME.webp` for each view; Playwright's own pictures are PNG, and three times as large."""
    HERE.mkdir(exist_ok=True)
    with connected(read_settings()) as connection, TemporaryDirectory() as folder, chromium() as browser:
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        for name, (address, fragment) in VIEWS.items():
            file = Path(folder) / f"{name}.html"
            _network(connection, address).write_html(str(file))
            page.goto(file.as_uri() + fragment)
            page.wait_for_selector("html[data-ready=yes]", state="attached")
            taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": 80})
            (HERE / f"{name}.webp").write_bytes(b64decode(taken["data"]))


def _network(connection: Connection, address: str | None) -> Network:
    if address is not None:
        return show(connection, Catalogue(), Asked.read(address), timeout=60).network()
    [story] = seed_stories().values()
    return tell(connection, Catalogue(), read_story(story), timeout=60, times=Times())


if __name__ == "__main__":
    main()
