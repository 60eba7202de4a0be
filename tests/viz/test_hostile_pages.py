"""Nothing of what is stored, or of what an address says, runs in a page of the server."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser

from browsing import watch
from graph.store.connection import Connection
from payloads import PAYLOADS

ENTITIES = ("body:council", "inquiry:first", "recommendation:first-1", "document:first-report", "office:leader")
PAGES = ("/", "/in-charge?body=body:council&on=2015-01-01", "/disputes", "/documents", "/sources",
         "/queries/recommendation-targets?inquiry=inquiry:first", "/queries/inquiries",
         "/explore?entity=body:council&limit=20")  # fmt: skip
ASKED = (
    "/?q={}",
    "/entities/{}",
    "/in-charge?body={}&on=2015-01-01",
    "/in-charge?body=body:council&on={}",
    "/in-charge?about={}",
    "/queries/{}",
    "/queries/timeline?entity={}",
    "/queries/timeline?{}=1",
    "/cypher?cypher={}",
    "/explore?entity={}",
    "/explore?query={}",
    "/explore?cypher={}",
    "/explore?story={}",
    "/{}",
)
STORE = """
MATCH (c:Claim)
WITH c ORDER BY c.id
WITH collect(c) AS those
UNWIND range(0, size(those) - 1) AS number
WITH those[number] AS c, $payloads[number % size($payloads)] AS text
SET c.on_text = CASE WHEN c.on_text IS NULL THEN null ELSE text END, c.words = text, c.role = text,
    c.value_text = CASE WHEN c.value_text IS NULL THEN null ELSE text END,
    c.value = CASE WHEN c.predicate IN ['name', 'summary', 'other_name', 'url', 'licence'] THEN text ELSE c.value END
WITH c, text
MATCH (c)-[at:CITES]->(d:Document)
SET at.locator = text, at.anchor = text, d.url = text, d.name = text, d.licence = text
"""
NAMES = """
MATCH (e:Entity)
WITH e ORDER BY e.id
WITH collect(e) AS those
UNWIND range(0, size(those) - 1) AS number
WITH those[number] AS e, $payloads[number % size($payloads)] AS text
SET e.name = text, e.summary = text, e.url = text, e.other_names = [text], e.identifiers = [text]
"""


@pytest.fixture(scope="module")
def base(client: httpx2.Client, graph: Connection) -> str:
    """A graph in which every text is hostile."""
    for text in (STORE, NAMES, "MATCH (l:Load) SET l.attribution = $payloads[0], l.publisher = $payloads[1]"):
        graph.write(text, {"payloads": list(PAYLOADS)})
    return str(client.base_url).rstrip("/")


@pytest.mark.parametrize("has_policy", [True, False])
def test_nothing_that_is_stored_or_asked_runs(browser: Browser, base: str, has_policy: bool) -> None:
    asked = [form.format(quote(text, safe="")) for form in ASKED for text in PAYLOADS[:4]]
    with browser.new_context(bypass_csp=not has_policy) as context:
        watched = watch(context)
        page = watched.page
        for address in [*(f"/entities/{one}" for one in ENTITIES), *PAGES, *asked]:
            watched.open(f"{base}{address}", is_view=False)
            assert page.evaluate("window.__ran === undefined"), address
            assert page.locator("img, iframe, object, embed, [onload], [onerror]").count() == 0, address
            links = page.locator("a").evaluate_all("all => all.map((one) => one.protocol)")
            assert set(links) <= {"http:", "https:", "mailto:"}, address
            assert watched.violations() == [], address
        assert {urlsplit(request).netloc for request in watched.requests} == {urlsplit(base).netloc}
        # A page that says what was wrong has a status that the console notes.
        assert [error for error in watched.errors if "Failed to load resource" not in error] == []
