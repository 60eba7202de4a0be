"""Nothing that came from data runs, with the policy of a page and without it; and the policy bites."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import watch
from graph.queries.lines import Line, Place, Said
from graph.queries.overview import Group
from graph.queries.subgraph import Cited, Shown, Subgraph
from graph.schema.dates import Bounds, TimeClass
from payloads import PAYLOADS
from viz import Network
from viz.files import asset
from viz.page import render
from viz.payload import without_controls

DAY = date(2020, 1, 1)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

PARSES = """() => {
  try {
    document.createElement("div").innerHTML = "<b>x</b>";
    return true;
  } catch {
    return false;
  }
}"""


def said(number: int, predicate: str, text: str, **more: str) -> Said:
    place = Place(document=f"document:d{number}", locator=text, page=None, anchor=text, version=text)
    return Said(
        id=f"claim:{predicate.lower()}{number}",
        subject=f"body:b{number}",
        predicate=predicate,
        object=more.get("object"),
        value=None if "object" in more else text,
        qualifiers={"role": text},
        dates=text,
        bounds=Bounds(DAY, DAY, DAY, DAY),
        known_by=DAY,
        is_register=False,
        recorded_at=text.ljust(10),
        method=text,
        review=text,
        said_by=f"body:b{number}",
        places=(place,),
        rivals=(),
    )


def hostile() -> Network:
    """A view in which every text of every field is hostile."""
    entities, lines = [], []
    for number, text in enumerate(PAYLOADS):
        entities.append(
            Shown(
                id=f"body:b{number}", name=text, label="Body", sub_kind=text, summary=text, is_unchecked=True,
                relationships=99, values=[said(number, name, text) for name in ("summary", "url", "other_name")],
            )
        )  # fmt: skip
    for number, text in enumerate(PAYLOADS[:-1]):
        end = f"body:b{number + 1}"
        claim = said(number, "PART_OF", text, object=end)
        lines.append(
            Line(
                id=claim.id, subject=claim.subject, predicate="PART_OF", object=end, time_class=TimeClass.STATE,
                bounds=claim.bounds, known_by=DAY, documents=1, is_reading=True, is_disputed=True, is_unchecked=True,
                claims=(claim,),
            )
        )  # fmt: skip
    documents = {f"document:d{number}": Cited(title=text, url=text) for number, text in enumerate(PAYLOADS)}
    subgraph = Subgraph(
        seeds=["body:b0"], entities=entities, relationships=lines, rivals={}, names={"body:x": PAYLOADS[0]},
        documents=documents, chosen=PAYLOADS[0], limit=150, total=200, truncated=True,
        left_out={"unchecked": 3, "relation": "eq"}, times={"known_at": PAYLOADS[0], "recorded_at": PAYLOADS[1]},
    )  # fmt: skip
    groups = [
        Group(of=one.id, predicate="PART_OF", direction=text, words=text, kind="Body", count=9)
        for one, text in zip(entities, PAYLOADS, strict=True)
    ]
    return Network.of(subgraph, " ".join(PAYLOADS), groups=groups)


@pytest.mark.parametrize("has_policy", [True, False])
def test_nothing_that_came_from_data_runs(browser: Browser, tmp_path: Path, has_policy: bool) -> None:
    page_file = tmp_path / "view.html"
    text = hostile().generate_html()
    assert len(POLICY.findall(text)) == 1
    page_file.write_text(text if has_policy else POLICY.sub("", text), encoding="utf-8")
    with browser.new_context(accept_downloads=True) as context:
        watched = watch(context)
        page = watched.open(page_file.as_uri())
        own = len(page.locator("script").all())
        for number in range(len(PAYLOADS)):
            watched.act("(id) => inquiryView.select(id)", f"body:b{number}")
            place = watched.act("(id) => Canvas.place(id)", f"body:b{number}")
            page.mouse.move(place["x"] + 3, place["y"] + 3)
        watched.act("() => inquiryView.select('claim:part_of3')")
        watched.act("() => { inquiryView.way('body:b0'); inquiryView.way('body:b4'); }")
        page.locator("#tables-shown summary").click()
        page.fill("#search", "<img")
        assert page.locator("#hits li").count() > 0
        page.keyboard.press("Escape")
        links = page.locator("a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
        assert all(re.match(r"(https?:|#)", link) for link in links), links
        assert page.locator("img, iframe, object, embed, [onload], [onerror]").count() == 0
        assert len(page.locator("script").all()) == own
        assert page.title().startswith('<img src=x onerror="window.__ran=1">')
        assert "{{7*7}}" in page.title()
        svg = watched.act("() => Export.svg(inquiryView.shown(), inquiryView.state())")
        table = watched.act("() => Export.csv(inquiryView.shown())")
        assert not re.search(r'(^|,)"[=+\-@]', table, re.MULTILINE)
        assert "\"'=HYPERLINK" in table
        picture = tmp_path / "view.svg"
        picture.write_text(svg, encoding="utf-8")
        page.goto(picture.as_uri())
        assert page.evaluate("document.documentElement.tagName") == "svg"
        assert page.evaluate("document.querySelectorAll('script, image, foreignObject, a').length") == 0
        assert page.evaluate("window.__ran === undefined")
        assert [request for request in watched.requests if not request.startswith(("file:", "blob:", "data:"))] == []
        assert watched.errors == []


@pytest.mark.parametrize("has_policy", [True, False])
def test_nothing_of_a_story_runs(browser: Browser, tmp_path: Path, has_policy: bool) -> None:
    network = hostile()
    ids = [node["id"] for node in network.nodes]
    network.story = {
        "summary": PAYLOADS[0],
        "steps": [
            {
                "title": text, "caption": text, "fragment": f"sel={text}&preset={text}&topic={text}&step={text}",
                "entities": ids, "lines": [], "places": {one: [0, 0] for one in ids}, "rests_on": ["claim:part_of0"],
            }
            for text in PAYLOADS
        ],
    }  # fmt: skip
    page_file = tmp_path / "story.html"
    text = network.generate_html()
    page_file.write_text(text if has_policy else POLICY.sub("", text), encoding="utf-8")
    with browser.new_context() as context:
        watched = watch(context)
        page = watched.open(page_file.as_uri())
        for _ in PAYLOADS[1:]:
            page.click("#story-on")
        page.locator("#words summary").click()
        assert page.locator("#story-caption").inner_text() == without_controls(PAYLOADS[-1])
        assert page.locator("img, iframe, object, embed, [onload], [onerror]").count() == 0
        assert page.evaluate("window.__ran === undefined")
        assert watched.requests == [page_file.as_uri()]
        assert watched.errors == []


def test_names_of_ten_thousand_letters_are_borne(browser: Browser, tmp_path: Path) -> None:
    network = hostile()
    [first, *_] = network.subgraph.entities if network.subgraph is not None else []
    long = Network("Long names")
    for number in range(1_500):
        entity = first.model_copy(update={"id": f"body:long{number}", "name": "long name " * 1_000, "values": []})
        long.add_entity(entity, (90.0 * (number % 40), 70.0 * (number // 40)), (0, 0))
    page_file = tmp_path / "long.html"
    long.write_html(str(page_file))
    with browser.new_context() as context:
        watched = watch(context)
        page = watched.open(page_file.as_uri())
        watched.act("(id) => inquiryView.select(id)", "body:long700")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert watched.errors == []


def test_the_policy_stops_what_an_escape_would_have_missed(browser: Browser, tmp_path: Path) -> None:
    injected = '<main class="desk"><img src=x onerror="window.__ran=1"><script>window.__ran=2</script>'
    page_file = tmp_path / "view.html"
    page_file.write_text(hostile().generate_html().replace('<main class="desk">', injected), encoding="utf-8")
    with browser.new_context() as context:
        watched = watch(context)
        page = watched.open(page_file.as_uri())
        assert page.evaluate("window.__ran === undefined")
        assert len(watched.violations()) >= 2
        assert page.evaluate(PARSES) is False


@pytest.mark.parametrize("payload", PAYLOADS)
def test_pages_without_scripts_show_text_as_text(payload: str) -> None:
    page = render(
        "problem.html", title=payload, detail=payload, hint=payload, tombstone=None, here="/", data=None,
        permalink=None, corrections={"href": payload, "text": payload},
        candidates=[{"href": "/", "text": payload, "label": payload}],
    )  # fmt: skip
    body = page.partition("<body>")[2]
    assert re.findall(r"<script[^>]*>", body) == [f'<script src="{asset("finder.js").address}">']
    assert "<img" not in body
    assert "<svg" not in body
