"""A real browser: Chromium of this machine, and pages that note what they ask for and what goes wrong in them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

_PATIENCE = 120_000
"""Milliseconds: Neo4j plans a statement that it sees for the first time for seconds on a busy machine."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_VIOLATIONS = """
window.__violations = [];
addEventListener("securitypolicyviolation", (event) => {
  window.__violations.push(event.violatedDirective + " " + event.blockedURI);
});
"""


def find_chromium() -> str | None:
    """Where `CHROMIUM` names a browser, or this machine or Playwright has one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is not None:
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; without one the test is skipped with the one command that brings it, but fails in CI."""
    path = find_chromium()
    if path is None:
        reason = "there is no Chromium: `apt-get install chromium` brings it, or CHROMIUM names one"
        if os.environ.get("INQUIRY_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        # Root has no sandbox; the pages of these tests are our own.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with what it asked for and what went wrong."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str, *, is_view: bool = True) -> Page:
        """Go there, and wait for a view to be drawn."""
        self.page.goto(address)
        if is_view:
            self.page.wait_for_selector("html[data-ready=yes]", state="attached")
        return self.page

    def violations(self) -> list[str]:
        """What the content security policy stopped."""
        found: list[str] = self.page.evaluate("window.__violations")
        return found

    def act(self, script: str, argument: Any = None) -> Any:
        """Evaluate a function on the page."""
        return self.page.evaluate(script, argument)

    def shown(self) -> tuple[set[str], set[str]]:
        """Ids of the entities and relationships that are shown."""
        found = self.page.evaluate("[[...inquiryView.shown().entities], [...inquiryView.shown().lines]]")
        return set(found[0]), set(found[1])

    def click_entity(self, entity: str, *, times: int = 1) -> None:
        """Click where it is drawn."""
        place = self.page.evaluate("(id) => Canvas.place(id)", entity)
        self.page.mouse.click(place["x"], place["y"], click_count=times)


def watch(context: BrowserContext) -> Watched:
    """A new page that is watched."""
    context.add_init_script(_VIOLATIONS)
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    watched = Watched(page)
    page.on("request", lambda request: watched.requests.append(request.url))
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("console", lambda said: watched.errors.append(said.text) if said.type == "error" else None)
    return watched
