"""Pages of the server, and the neighbours that a view asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from api import pages
from browsing import Watched, watch
from viz.page import SERVED_POLICY

NEIGHBOURS = "/v1/entities/body:council/neighbours"


def test_neighbours_come_with_evidence_and_what_is_left_out(client: httpx2.Client) -> None:
    found = client.get(NEIGHBOURS, params={"limit": 2}).json()
    assert found["entities"][0]["id"] == "body:council"
    assert len(found["entities"]) == 3
    assert (found["limit"], found["truncated"], found["left_out"]["unchecked"]) == (2, True, 0)
    assert sum(one["total"] for one in found["left"]) == found["total"]
    given = {(one["predicate"], one["subject"]) for one in found["relationships"] if one["object"] == "body:council"}
    for one in found["left"]:
        if one["direction"] == "backward":
            there = sum(predicate == one["predicate"] for predicate, _ in given)
            assert one["left_out"] == one["total"] - there
    assert all(
        claim["places"][0]["document"] in found["documents"]
        for line in found["relationships"]
        for claim in line["claims"]
    )
    shown = [one["id"] for one in found["entities"]]
    more = client.post(NEIGHBOURS, json={"limit": 100, "shown": shown}).json()
    assert set(shown[1:]).isdisjoint(one["id"] for one in more["entities"])
    assert more["truncated"] is False
    alone = client.post(NEIGHBOURS, json={"limit": 0, "shown": ["recommendation:first-1"]}).json()
    assert [one["id"] for one in alone["entities"]] == ["body:council"]
    assert {(one["subject"], one["predicate"]) for one in alone["relationships"]} == {
        ("recommendation:first-1", "TARGETS")
    }
    only = client.get(NEIGHBOURS, params={"type": "TARGETS"}).json()
    assert {one["predicate"] for one in only["left"]} == {"TARGETS"}


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/v1/entities/body:nothing/neighbours", 404, "no-such-entity"),
        ("/v1/entities/Example%20Council/neighbours", 404, "no-such-entity"),
        (f"{NEIGHBOURS}?type=TARGET", 422, "invalid-parameter"),
        (f"{NEIGHBOURS}?limit=101", 422, "invalid-parameter"),
        (f"{NEIGHBOURS}?shown=x", 422, "unknown-parameter"),
    ],
)
def test_neighbours_that_cannot_be_given(client: httpx2.Client, path: str, status: int, slug: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.json()["type"]) == (status, f"/v1/problems#{slug}")
    assert client.post(NEIGHBOURS, json={"shown": ["<b>"]}).status_code == 422


def test_neighbours_that_have_not_changed_are_not_sent_again(client: httpx2.Client) -> None:
    tag = client.get(NEIGHBOURS).headers["etag"]
    assert client.get(NEIGHBOURS, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{NEIGHBOURS}?limit=1", headers={"If-None-Match": tag}).status_code == 200


def test_pages_are_sent_with_a_policy_and_files_for_ever(client: httpx2.Client) -> None:
    for path in (
        "/",
        "/?q=council",
        "/entities/body:council",
        "/explore?entity=body:council",
        "/entities/body:nothing",
    ):
        reply = client.get(path)
        assert reply.headers["content-security-policy"] == SERVED_POLICY
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert (reply.headers["x-content-type-options"], reply.headers["cross-origin-opener-policy"]) == (
            "nosniff",
            "same-origin",
        )
        assert not re.search(r"<style|<script(?! src| type=\"application/json\")|style=|\son\w+=", reply.text)
        for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', reply.text):
            given = client.get(address)
            assert given.status_code == 200
            assert "immutable" in given.headers["cache-control"]
    assert client.get("/static/0000000000000000/view.js").status_code == 404


def test_a_page_is_sent_again_when_its_files_are_others(client: httpx2.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get("/entities/body:council").headers["etag"]
    kept = client.get("/entities/body:council", headers={"If-None-Match": tag})
    assert (kept.status_code, kept.headers["content-security-policy"]) == (304, SERVED_POLICY)
    monkeypatch.setattr(pages, "edition", lambda: "another")
    assert client.get("/entities/body:council", headers={"If-None-Match": tag}).status_code == 200


def test_home_finds_and_says_what_is_loaded(client: httpx2.Client) -> None:
    home = client.get("/").text
    assert "85 claims of 3 documents" in home
    assert 'href="/entities/body%3Acouncil"' in client.get("/?q=Exampel Council").text
    assert "Not found in what is loaded" in client.get("/?q=zzzzzz").text


def test_a_page_says_all_that_documents_say_of_an_entity(client: httpx2.Client) -> None:
    page = client.get("/entities/recommendation:first-1").text
    for words in (
        "Share records", "page 40", "should share its records", "https://documents.example.org/first-report",
        "position: accepted", "position: rejected", 'as said by <a href="/entities/body%3Apolice">',
    ):  # fmt: skip
        assert words in page
    then = client.get("/entities/recommendation:first-1?known_at=2014-12-31").text
    assert "Only what was public by 2014-12-31." in then
    assert "position: accepted" not in then
    missing = client.get("/entities/body:councel")
    assert missing.status_code == 404
    assert "/entities/body%3Acouncil" in missing.text


def test_a_name_leads_to_its_view(client: httpx2.Client) -> None:
    moved = client.get("/explore?entity=Example Council&limit=5")
    assert (moved.status_code, moved.headers["location"]) == (308, "/explore?limit=5&entity=body%3Acouncil")
    assert client.get("/explore?entity=nothing like it").status_code == 422


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_views_have_no_barriers(browser: Browser, served: Callable[..., str], scheme: Any) -> None:
    view = served("inquiry:first")
    addresses = [
        view,
        f"{view}#sel=recommendation:first-1",
    ]
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:
        watched = watch(context)
        for address in addresses:
            page = watched.open(address, is_view="/explore" in address)
            if "/explore" in address:
                page.locator("#tables-shown summary").click()
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            page.goto("about:blank")


PAGES = (
    "/", "/?q=council", "/?q=zzzzzz", "/entities/body:council", "/entities/inquiry:first",
    "/entities/recommendation:first-1", "/entities/document:first-report", "/in-charge",
    "/in-charge?body=body:council&on=2015-01-01", "/queries", "/queries/recommendation-targets?inquiry=inquiry:first",
    "/queries/recommendations?position=agreed", "/cypher", "/disputes", "/documents", "/sources", "/about",
    "/entities/body:councel", "/nowhere",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barriers(browser: Browser, client: httpx2.Client, scheme: Any) -> None:
    base = str(client.base_url).rstrip("/")
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:
        watched = watch(context)
        for address in PAGES:
            found = Axe().run(watched.open(f"{base}{address}", is_view=False))
            assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        assert {urlsplit(request).netloc for request in watched.requests} == {urlsplit(base).netloc}


def test_a_server_that_fails_loses_nothing(watched: Watched, served: Callable[..., str]) -> None:
    page = watched.open(served(limit=3))
    before = watched.shown()
    page.route("**/neighbours", lambda route: route.abort())
    watched.act("() => inquiryView.expand('inquiry:first')")
    expect(page.locator("#panel")).to_contain_text("Nothing was added")
    assert watched.shown() == before
    page.unroute("**/neighbours")
    watched.act("() => inquiryView.expand('inquiry:first')")
    assert before[0] < watched.shown()[0]
    watched.errors.clear()


def test_the_whole_graph_is_searched(watched: Watched, served: Callable[..., str]) -> None:
    page = watched.open(served(limit=3))
    assert "action:training" not in watched.shown()[0]
    page.fill("#search", "training for all")
    expect(page.locator("#hits")).to_contain_text("in the graph")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Training for all staff")
    assert "action:training" in watched.shown()[0]
    address = page.url
    page.goto("about:blank")
    watched.open(address)
    assert "action:training" in watched.shown()[0]
