"""The page of a view in a real browser: what one sees, clicks and types, saved as a file and served."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.dom import minidom

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import Watched, watch
from graph.queries.subgraph import Subgraph
from viz.payload import safe_address

DRAWN = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const points = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  let drawn = 0;
  for (let at = 0; at < points.length; at += 4) {
    if (points[at + 3] === 0) continue;
    drawn += 1;
    seen.add(points[at] * 65536 + points[at + 1] * 256 + points[at + 2]);
  }
  return [drawn, seen.size];
}"""
BETWEEN = """([from, to]) => [...View.lines.values()]
  .filter((line) => line.subject === from && line.object === to).map((line) => line.id)"""
HIT = """(ids) => {
  const at = (id) => Canvas.network.canvasToDOM(Canvas.network.getPosition(id));
  const [a, b] = [at("body:police"), at("body:council")];
  const [x, y, length] = [(a.x + b.x) / 2, (a.y + b.y) / 2, Math.hypot(b.x - a.x, b.y - a.y)];
  const seen = new Set();
  for (let by = -80; by <= 80; by += 1) {
    const place = { x: x - ((b.y - a.y) / length) * by, y: y + ((b.x - a.x) / length) * by };
    const edge = Canvas.network.getEdgeAt(place);
    if (ids.includes(edge)) seen.add(edge);
  }
  return [...seen];
}"""


def state(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate("inquiryView.state()")
    return found


def test_a_saved_view_draws_without_a_network(watched: Watched, saved: str, subgraph: Subgraph) -> None:
    watched.page.context.set_offline(True)
    page = watched.open(saved)
    assert watched.requests == [saved]
    drawn, colours = watched.act(DRAWN)
    assert drawn > 3_000
    assert colours > 20
    assert watched.shown() == ({one.id for one in subgraph.entities}, {line.id for line in subgraph.relationships})
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    assert page.locator("h1").count() == 1
    watched.click_entity("recommendation:first-1")
    expect(page.locator("#expand")).to_be_disabled()
    assert "cannot ask for more" in page.locator("#panel").inner_text()


def test_a_click_shows_what_is_said_and_where(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    watched.click_entity("recommendation:first-1")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Share records")
    text = panel.inner_text()
    for words in (
        "page 40", "should share its records", "Report of the first inquiry", "2 documents say so", "a reading",
        "public by 2014-08-26", "in this graph since 2026-01-01", "role: must act",
    ):  # fmt: skip
        assert words in text
    assert not re.search(r"false|null|undefined|NaN|\[object", text)
    assert panel.locator('a[href="https://documents.example.org/first-report"]').count() > 0
    assert all(safe_address(link) for link in panel.locator("a").evaluate_all("all => all.map((one) => one.href)"))


def test_disputes_stand_side_by_side(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    watched.act(
        "() => inquiryView.select([...View.lines.values()].find((line) => line.predicate === 'RESPONDS_TO').id)"
    )
    text = page.locator("#panel").inner_text()
    assert "Documents contradict each other here" in text
    for words in ("position: accepted", "position: rejected", "As said by Example Police", "column 2", "page 3"):
        assert words in text


def test_lines_that_are_alike_are_apart(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    between = watched.act(BETWEEN, ["body:police", "body:council"])
    assert len(between) == 2
    found = watched.act(HIT, between)
    assert sorted(found) == sorted(between)
    assert page.locator("#styles li").count() == 5


def test_an_expansion_adds_neighbours_and_is_undone(watched: Watched, served: Callable[..., str]) -> None:
    page = watched.open(served(limit=3))
    before = watched.shown()
    watched.click_entity("inquiry:first", times=2)
    expect(page.locator("#count")).not_to_contain_text("3 of 3")
    after = watched.shown()
    assert before[0] < after[0]
    assert any(request.endswith("/v1/entities/inquiry%3Afirst/neighbours") for request in watched.requests)
    page.click("#undo")
    if watched.shown() != before:
        page.click("#undo")
    assert watched.shown() == before
    while page.locator("#redo").is_enabled():
        page.click("#redo")
    assert watched.shown() == after


def test_filters_show_exactly_what_they_say(watched: Watched, saved: str, subgraph: Subgraph) -> None:
    page = watched.open(saved)
    page.locator('#kinds input[data-key="Body"]').uncheck()
    entities = {one.id for one in subgraph.entities if one.label != "Body"}
    lines = {one.id for one in subgraph.relationships if {one.subject, one.object} <= entities}
    assert watched.shown() == (entities, lines)
    expect(page.locator("#kinds li", has_text="Body").locator(".count")).to_have_text("0/3")
    page.locator('#types input[data-key="MADE_IN"]').uncheck()
    kept = {one.id for one in subgraph.relationships if one.id in lines and one.predicate != "MADE_IN"}
    assert watched.shown() == (entities, kept)
    assert (
        page.locator("#count")
        .inner_text()
        .startswith(f"{len(entities)} of {len(subgraph.entities)} entities and {len(kept)} of")
    )


def test_time_is_when_it_was_so_or_by_when_it_was_public(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    watched.act("() => inquiryView.change((state) => { state.to = 2014; })")
    entities, lines = watched.shown()
    assert {"document:answer", "decision:answer-1", "action:training"}.isdisjoint(entities)
    assert {"document:first-report", "recommendation:first-1", "body:council", "person:one"} <= entities
    watched.act("() => inquiryView.change((state) => { state.to = 2013; })")
    assert "recommendation:first-1" not in watched.shown()[0]
    assert any(watched.act("(id) => View.lines.get(id).predicate", line) == "HELD" for line in lines)
    page.locator("#by-known").check()
    assert "person:one" not in watched.shown()[0], "nothing was public in 2013"
    watched.act("() => inquiryView.change((state) => { state.to = 2014; })")
    assert "person:one" in watched.shown()[0]
    assert "decision:answer-1" not in watched.shown()[0]


def test_the_address_holds_the_whole_state(watched: Watched, saved: str, browser: Browser) -> None:
    page = watched.open(saved)
    watched.act(
        """() => inquiryView.change((state) => {
          state.kinds = ['Place']; state.types = ['EXAMINES']; state.from = 2014;
          state.undated = false; state.by = 'known';
          state.pins = { 'body:council': [120, -40] }; state.path = ['person:one', 'recommendation:first-1'];
        })"""
    )
    page.click("#layout")
    with browser.new_context() as context:
        other = watch(context)
        other.open(page.url)
        assert state(other.page) == state(page)
        assert other.shown() == watched.shown()
        assert other.page.url == page.url


@pytest.mark.parametrize(
    "fragment",
    [
        "sel=__proto__&kinds=constructor,Bogus&types=toString&more=x:%27%22%3E&pin=a@NaN@1&path=a,b&from=abc&layout=x&by=y",
        "sel=body:nothing&more=__proto__&pin=body:council@1e9@0,constructor@1@2&path=body:council,body:council&from=2020&to=2010",
        "sel=<img src=x onerror=alert(1)>&pin=<svg onload=alert(1)>@1@1",
        "%E0%A4%A&sel=%00&kinds=%00",
        "preset=__proto__&topic=constructor&step=1e9&more=body:x@__proto__,@PART_OF,body:a@b@c",
        "topic=topic:%3Cscript%3E&preset=%3Cimg src=x%3E&step=-1",
        "sel=" + "body:" + "x" * 5000,
    ],
)
def test_a_hostile_address_changes_nothing(watched: Watched, saved: str, fragment: str, subgraph: Subgraph) -> None:
    page = watched.open(f"{saved}#{fragment}")
    assert state(page) == page.evaluate("State.fresh()")
    assert len(watched.shown()[0]) == len(subgraph.entities)


def test_from_search_to_evidence_by_keyboard(watched: Watched, served: Callable[..., str]) -> None:
    page = watched.open(served(limit=3))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("share recor")
    expect(page.locator("#hits li").first).to_contain_text("Share records")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Share records")
    assert page.evaluate("document.activeElement.id") == "canvas"
    page.keyboard.press("e")
    expect(page.locator("#panel")).to_contain_text("should share its records")
    expect(page.locator("#live")).to_contain_text("added")
    page.keyboard.press("s")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "canvas"
    page.keyboard.press("p")
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    assert state(page)["selected"] is None


def test_a_path_is_the_shortest_and_each_step_is_cited(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    watched.act("() => inquiryView.way('person:one')")
    watched.act("() => inquiryView.way('recommendation:first-2')")
    expect(page.locator("#panel h2")).to_have_text("A path of 3 steps")
    steps = page.locator("#panel ol > li")
    assert steps.count() == 3
    assert all(steps.nth(number).locator(".cite").count() for number in range(3))


def test_tables_hold_exactly_what_is_shown(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    page.locator('#kinds input[data-key="Document"]').uncheck()
    page.locator("#tables-shown summary").click()
    rows = "(id) => [...document.getElementById(id).rows].filter((row) => !row.hidden).map((row) => row.dataset.id)"
    entities, lines = watched.shown()
    assert set(watched.act(rows, "entity-rows")) == entities
    assert set(watched.act(rows, "line-rows")) == lines
    page.locator('#entity-rows a[data-select="body:council"]').click()
    expect(page.locator("#panel h2")).to_have_text("Example Council")


def test_exports_are_files_of_what_is_shown(watched: Watched, saved: str, tmp_path: Path) -> None:
    page = watched.open(saved)
    files = {}
    for kind in ("png", "svg", "csv"):
        with page.expect_download() as download:
            page.click(f"#{kind}")
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    assert files["png"].read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert files["png"].stat().st_size > 5_000
    picture = minidom.parseString(files["svg"].read_text(encoding="utf-8"))
    assert picture.documentElement.tagName == "svg"
    assert len(picture.getElementsByTagName("path")) == len(watched.shown()[1])
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    places = watched.act(
        "() => [...View.lines.values()].flatMap((line) => line.claims.flatMap((claim) => claim.places)).length"
    )
    assert len(rows) == places
    assert {"subject", "document", "locator", "claim"} <= rows[0].keys()


def test_it_fits_a_phone(browser: Browser, saved: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as context:
        watched = watch(context)
        page = watched.open(saved)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = page.locator("#canvas").bounding_box()
        assert box is not None
        assert box["height"] > 300
        place = page.evaluate("(id) => Canvas.place(id)", "recommendation:first-1")
        page.touchscreen.tap(place["x"], place["y"])
        expect(page.locator("#panel h2")).to_have_text("Share records")
        assert watched.errors == []


def test_without_scripts_the_tables_are_there(browser: Browser, saved: str, subgraph: Subgraph) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(saved)
        assert page.locator("#entity-rows tr").count() == len(subgraph.entities)
        assert page.locator("#line-rows tr").count() == len(subgraph.relationships)
        assert "page 40" in (page.locator("#line-rows").text_content() or "")
