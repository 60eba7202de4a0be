"""Stories: read from files with the place of each mistake, told from the seeds, played on the page and in a saved file.

And the way of somebody who has just loaded the seeds: from a name to the sentence that was cited, by mouse and by keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from browsing import Watched, watch
from graph.errors import FactFileError, InputError, QueryError
from graph.queries import Catalogue, Times
from graph.settings import Settings
from graph.store.connection import Connection
from serving import serving
from viz.stories import Basis, Story, read_story, seed_stories
from viz.telling import tell

NAME = "rotherham-to-national-inquiry"
COUNCIL = "body:rotherham-council"


@pytest.fixture(scope="module")
def client(settings: Settings, seeds: Connection) -> Iterator[httpx2.Client]:
    seeds.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    with serving(settings) as client:
        yield client


@pytest.fixture(scope="module")
def base(client: httpx2.Client) -> str:
    return str(client.base_url).rstrip("/")


def told() -> Story:
    return read_story(seed_stories()[NAME])


def test_a_story_says_where_it_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(
        """story: Of two steps
summary: What it tells.
steps:
  - title: The first
    captoin: Misspelt.
    caption: Said.
    rests_on: [{subject: inquiry:a, predicate: COMISSIONED_BY, object: body:b}]
  - title: The second
    rests_on: [{subject: no id, predicate: published}]
    view: "?query=timeline&limit=many"
""",
        encoding="utf-8",
    )
    with pytest.raises(FactFileError) as found:
        read_story(path)
    told = [(str(one.where).removeprefix(str(path)), one.message, one.hint) for one in found.value.problems]
    assert sorted(told) == [
        (":10:5", "`limit` is a number, not 'many'", None),
        (":5:5", "there is no `captoin` here", "did you mean `caption`?"),
        (":7:37", "`COMISSIONED_BY` is neither a relationship nor a property. did you mean `COMMISSIONED_BY`?", None),
        (":8:5", "`caption` is missing", None),
        (":9:17", "`subject` is no id: 'no id'", None),
    ]
    path.write_text("story: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"story\.yaml"):
        read_story(path)


def test_each_caption_of_the_seeds_rests_on_claims_of_the_seeds(seeds: Connection) -> None:
    story = told()
    network = tell(seeds, Catalogue(), story, timeout=60, times=Times())
    assert network.story is not None
    steps = network.story["steps"]
    assert len(steps) == 8
    payload = network.payload()
    said = {claim["id"]: claim for line in payload["relationships"] for claim in line["claims"]}
    said |= {claim["id"]: claim for entity in payload["entities"] for claim in entity["values"]}
    for step, drawn in zip(story.steps, steps, strict=True):
        claims = [said[claim] for claim in drawn["rests_on"]]
        named = {(basis.subject, basis.predicate) for basis in step.rests_on}
        assert {(claim["subject"], claim["predicate"]) for claim in claims} == named
        assert all(claim["review"] == "checked" and claim["places"] for claim in claims)
        assert set(step.entities) <= set(drawn["entities"]) == set(drawn["places"])


def test_a_step_that_rests_on_nothing_is_refused(seeds: Connection) -> None:
    story = told()
    basis = Basis(subject="inquiry:iicsa", predicate="COMMISSIONED_BY", object=COUNCIL)
    changed = story.steps[3].model_copy(update={"rests_on": (basis,)})
    wrong = story.model_copy(update={"steps": (*story.steps[:3], changed, *story.steps[4:])})
    with pytest.raises(QueryError, match="step 4 rests on what no document in the graph states"):
        tell(seeds, Catalogue(), wrong, timeout=60, times=Times())


def test_the_story_is_played_forth_and_back(watched: Watched, base: str) -> None:
    page = watched.open(f"{base}/explore?story={NAME}")
    steps = told().steps
    for number, step in enumerate(steps, 1):
        expect(page.locator("#story-title")).to_have_text(step.title)
        expect(page.locator("#story-caption")).to_have_text(step.caption)
        expect(page.locator("#story-place")).to_have_text(f"{number} of 8")
        assert set(step.entities) <= watched.shown()[0]
        assert page.locator("#panel .cite").count() >= len(step.rests_on)
        if number % 2:
            page.locator("#canvas").focus()
            page.keyboard.press("n")
        elif number < len(steps):
            page.click("#story-on")
    page.go_back()
    expect(page.locator("#story-place")).to_have_text("7 of 8")
    address = page.url
    page.goto("about:blank")
    watched.open(address)
    expect(page.locator("#story-place")).to_have_text("7 of 8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_story_has_no_barriers(browser: Browser, base: str, scheme: Any) -> None:
    with browser.new_context(color_scheme=scheme, bypass_csp=True) as context:
        for address in (f"{base}/explore?story={NAME}#step=5", f"{base}/explore?overview=true"):
            page = watch(context).open(address)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            page.close()


def test_a_saved_story_plays_without_a_network(
    inquiry: Callable[..., Any], seeds: Connection, browser: Browser, tmp_path: Path
) -> None:
    done = inquiry("story", NAME, "-o", "told.html")
    assert done.returncode == 0, done.stderr
    assert "8 steps" in done.stderr
    with browser.new_context(offline=True) as context:
        watched = watch(context)
        page = watched.open((tmp_path / "told.html").as_uri())
        page.click("#story-on")
        expect(page.locator("#story-title")).to_have_text(told().steps[1].title)
        page.locator("#words summary").click()
        assert page.locator("#words ol > li").count() == 8
        assert page.locator("#words ol > li a").count() > 12
        assert watched.requests == [(tmp_path / "told.html").as_uri()]
        assert (watched.errors, watched.violations()) == ([], [])


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_newcomer_walks_from_a_name_to_the_sentence(watched: Watched, base: str, by: str) -> None:
    """From the audit to Rotherham: what its council was told, by whom, what came of it, and where that is said."""
    page = watched.open(f"{base}/explore?entity=inquiry:casey-audit-2025&limit=20")
    _find_council(page, by)
    expect(page.locator("#panel h2")).to_have_text("Rotherham Metropolitan Borough Council")
    assert COUNCIL in watched.shown()[0]
    if by == "mouse":
        page.click("#expand")
    else:
        page.keyboard.press("e")
    expect(page.locator("#live")).to_contain_text("added")
    told_to = watched.act(
        "(id) => View.linesOf.get(id).map((line) => View.lines.get(line))"
        ".filter((line) => line.predicate === 'TARGETS').map((line) => line.subject)",
        COUNCIL,
    )
    assert told_to
    _choose(page, by, told_to[0])
    expect(page.locator("#panel h2")).to_have_text(watched.act("(id) => View.nameOf(id)", told_to[0]))
    panel = page.locator("#panel")
    expect(panel).to_contain_text("targets")
    place = panel.locator(".cite a").first
    assert str(place.get_attribute("href")).startswith("https://")
    assert place.get_attribute("rel") == "noopener noreferrer"


def _find_council(page: Page, by: str) -> None:
    if by == "mouse":
        page.click("#search")
    else:
        page.keyboard.press("/")
    page.keyboard.type("Rotherham Metropolitan")
    hit = page.locator(f'#hits li[data-id="{COUNCIL}"]')
    expect(hit).to_be_visible()
    if by == "mouse":
        hit.click()
        return
    hits = page.locator("#hits li").evaluate_all("all => all.map((one) => one.dataset.id)")
    for _ in range(hits.index(COUNCIL)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def _choose(page: Page, by: str, entity: str) -> None:
    """In the panel, where it stands among what is related."""
    related = page.locator(f'#panel button[data-select="{entity}"]').first
    if by == "mouse":
        if not related.is_visible():
            related.locator("xpath=ancestor::details[1]/summary").click()
        related.click()
        return
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            page.keyboard.press("Enter") if not page.evaluate("document.activeElement.parentElement.open") else None
        if page.evaluate("document.activeElement.dataset.select ?? ''") == entity:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{entity} is not reached by Tab")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_newcomer_walks_through_the_pages(
    watched: Watched, browser: Browser, base: str, tmp_path: Path, by: str
) -> None:
    """From the address to what a council was told, the sentence, who was in charge, and a file that works offline."""
    page = watched.open(f"{base}/", is_view=False)
    page.context.route(
        lambda address: not address.startswith(base),
        lambda route: route.fulfill(body="The document.", content_type="text/plain"),
    )
    page.click("#q") if by == "mouse" else _reach(page, page.locator("#q"))
    page.keyboard.type("Rotherham")
    page.keyboard.press("Enter")
    _follow(page, by, page.get_by_role("link", name="Rotherham Metropolitan Borough Council", exact=True))
    expect(page.locator("h1")).to_have_text("Rotherham Metropolitan Borough Council")
    told = page.get_by_role("region", name="What was recommended to it").locator("tbody tr").first
    for words in (
        "Inquiry into Child Sexual Exploitation in Rotherham",
        "must act",
        "accepted",
        "in the loaded documents",
    ):
        expect(told).to_contain_text(words)
    place = told.locator("a.read").first
    sentence = str(place.get_attribute("href"))
    assert [address for address in watched.requests if not address.startswith(base)] == []
    _follow(page, by, place)
    expect(page.locator("body")).to_have_text("The document.")
    assert (sentence.startswith("https://"), page.url.partition("#")[0]) == (True, sentence.partition("#")[0])
    page.go_back()
    _follow(page, by, told.get_by_role("link", name="who was"))
    expect(page.locator("h1")).to_have_text("Who was in charge of Rotherham Metropolitan Borough Council, 2014-08-26")
    expect(page.get_by_role("row", name="Martin Kimber")).to_contain_text("certain")
    _follow(page, by, page.locator("main p").get_by_role("link", name="Rotherham Metropolitan Borough Council"))
    _follow(page, by, page.get_by_role("link", name="Explore what lies around it"))
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    with page.expect_download() as download:
        _follow(page, by, page.locator("#save"))
    file = tmp_path / "view.html"
    download.value.save_as(file)
    assert (watched.errors, watched.violations()) == ([], [])
    with browser.new_context(offline=True) as context:
        saved = watch(context)
        saved.open(file.as_uri())
        assert COUNCIL in saved.shown()[0]
        assert (saved.errors, saved.requests) == ([], [file.as_uri()])


def _follow(page: Page, by: str, link: Locator) -> None:
    if by == "mouse":
        link.first.click()
        return
    _reach(page, link.first)
    page.keyboard.press("Enter")


def _reach(page: Page, wanted: Locator) -> None:
    expect(wanted).to_be_visible()
    for _ in range(600):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError("it is not reached by Tab")


def test_a_newcomer_saves_the_view_as_a_file(
    inquiry: Callable[..., Any], seeds: Connection, browser: Browser, tmp_path: Path
) -> None:
    done = inquiry("view", COUNCIL, "--preset", "in-charge", "-o", "charge.html")
    assert done.returncode == 0, done.stderr
    with browser.new_context(offline=True) as context:
        watched = watch(context)
        page = watched.open((tmp_path / "charge.html").as_uri())
        assert page.locator("#preset").input_value() == "in-charge"
        watched.act("(id) => inquiryView.select(id)", COUNCIL)
        assert page.locator("#panel .cite a").count() > 5
        assert (watched.errors, watched.requests) == ([], [(tmp_path / "charge.html").as_uri()])
