"""What a view can be asked to show by its address: an entity, a named query, Cypher, a perspective, an overview."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from browsing import Watched, watch
from graph.errors import InputError
from graph.queries import Catalogue
from graph.schema import SCHEMA
from viz.asked import RESERVED, Asked
from viz.page import SERVED_POLICY
from viz.perspectives import PERSPECTIVES

TARGETS = {"recommendation:first-1", "recommendation:first-2", "body:council"}
COUNCIL = "MATCH (r:Recommendation)-[:TARGETS]->(b:Body {id: $body}) RETURN r, b.id"


def drawn(client: httpx2.Client, **given: str) -> dict[str, Any]:
    reply = client.get("/explore", params=given)
    assert reply.status_code == 200, reply.text[-2000:]
    found = re.search(r'<script type="application/json" id="view-data">(.*?)</script>', reply.text, re.DOTALL)
    assert found is not None
    payload: dict[str, Any] = json.loads(found[1])
    return payload


def ids(payload: dict[str, Any]) -> set[str]:
    return {one["id"] for one in payload["entities"]}


def test_the_rows_of_a_named_query(client: httpx2.Client) -> None:
    payload = drawn(client, query="recommendation-targets", inquiry="First inquiry")
    assert TARGETS | {"body:police"} <= ids(payload)
    assert "person:one" not in ids(payload)
    assert re.search(r"\([1-9]\d* rows\)$", payload["chosen"])
    then = drawn(client, query="entity-relationships", entity="body:council", known_at="2014-12-31", limit="3")
    assert (then["times"]["known_at"], then["limit"], then["truncated"]) == ("2014-12-31", 3, True)


def test_the_rows_of_cypher_that_reads(client: httpx2.Client) -> None:
    assert ids(drawn(client, cypher=COUNCIL, body="body:council")) == TARGETS


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({}, 422, "one of these is shown"),
        ({"entity": "body:council", "inquiry": "x"}, 422, "no parameter `inquiry`"),
        ({"query": "recommendation-target"}, 422, "recommendation-targets"),
        ({"query": "recommendation-targets", "recomendation": "x"}, 422, "did you mean `recommendation`"),
        ({"query": "recommendation-targets", "cypher": "RETURN 1"}, 422, "one of these is shown"),
        ({"cypher": "MATCH (n) DETACH DELETE n RETURN n"}, 422, "only queries that read"),
        ({"cypher": "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"}, 422, "refused"),
        ({"cypher": "RETURN 1 AS x"}, 422, "no entity is in the rows"),
        ({"entity": "body:council", "preset": "incharge"}, 422, "in-charge"),
        ({"preset": "responses"}, 422, "one of these is shown"),
        ({"entity": "body:council", "preset": "document"}, 422, "body:council is no document"),
        ({"entity": "body:council", "overview": "true", "preset": "disputes"}, 422, "an overview is of an entity"),
        ({"story": "none-such"}, 422, "no story"),
        ({"entity": "<script>alert(1)</script>"}, 422, "&lt;script&gt;"),
        ({"query": "<img src=x onerror=alert(1)>"}, 422, "&lt;img"),
    ],
)
def test_what_cannot_be_shown_is_told_on_a_page(
    client: httpx2.Client, given: dict[str, str], status: int, words: str
) -> None:
    reply = client.get("/explore", params=given)
    assert (reply.status_code, reply.headers["content-security-policy"]) == (status, SERVED_POLICY)
    assert words in reply.text
    assert "<script>alert" not in reply.text


def test_cypher_that_a_page_from_elsewhere_has_as_a_picture_does_not_run(client: httpx2.Client) -> None:
    address = "/explore?cypher=MATCH (b:Body) RETURN b LIMIT 3"
    as_picture = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    by_link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert [client.get(address, headers=one).status_code for one in (as_picture, by_link)] == [422, 200]


def test_no_parameter_of_a_query_has_a_name_of_the_page() -> None:
    assert not {parameter.name for query in Catalogue() for parameter in query.parameters} & set(RESERVED)


def test_an_address_and_the_page_read_the_same() -> None:
    asked = Asked.read("?query=timeline&entity=body:a&limit=9&known_at=2014-12-31&include_unchecked=true")
    assert asked == Asked(
        query="timeline", parameters={"entity": "body:a"}, limit=9, include_unchecked=True, times=asked.times
    )
    assert str(asked.times.known_at) == "2014-12-31"
    for address in ("limit=many", "include_unchecked=perhaps", "overview=x"):
        with pytest.raises(InputError):
            Asked.read(address)


def test_perspectives_look_for_what_the_schema_has() -> None:
    for one in PERSPECTIVES.values():
        assert set(one.types) <= set(SCHEMA.by_type)
        if one.query is not None:
            name, parameter = one.query
            assert parameter in {given.name for given in Catalogue()[name].parameters}


def test_who_was_in_charge_follows_offices(client: httpx2.Client) -> None:
    payload = drawn(client, entity="body:council", preset="in-charge")
    assert {"body:council", "office:leader", "person:one"} <= ids(payload)
    assert "document:debate" not in ids(payload)
    of_decision = drawn(client, entity="decision:answer-1", preset="in-charge")
    assert {"decision:answer-1", "office:leader"} <= ids(of_decision), "the rows of in-office-when"


def test_a_perspective_is_chosen_on_the_page_and_left_by_a_filter(watched: Watched, served: Callable[..., str]) -> None:
    page = watched.open(served("body:council", preset="in-charge"))
    assert page.locator("#preset").input_value() == "in-charge"
    kept = set(PERSPECTIVES["in-charge"].types)
    lines = "() => [...inquiryView.shown().lines].map((id) => View.lines.get(id).predicate)"
    assert set(watched.act(lines)) <= kept
    other = watched.act("() => [...View.lines.values()].map((line) => line.predicate).sort()")
    hidden = next(predicate for predicate in other if predicate not in kept)
    page.locator(f'#types input[data-key="{hidden}"]').check()
    assert page.locator("#preset").input_value() == ""
    assert hidden in watched.act(lines)
    page.locator("#preset").select_option("disputes")
    page.wait_for_url("**preset=disputes*")
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    assert watched.act("() => [...inquiryView.shown().lines].every((id) => View.lines.get(id).disputed)")
    assert len(watched.shown()[1]) > 0


def test_a_perspective_of_a_saved_file_looks_through_what_it_has(watched: Watched, saved: str) -> None:
    page = watched.open(saved)
    before = watched.shown()
    page.locator("#preset").select_option("responses")
    assert watched.shown()[1] < before[1]
    assert "preset=responses" in page.url
    page.go_back()
    expect(page.locator("#preset")).to_have_value("")
    assert watched.shown() == before
    page.go_forward()
    expect(page.locator("#preset")).to_have_value("responses")
    assert page.locator('#preset option[value="document"]').is_disabled()


def test_what_is_not_in_the_view_is_found_by_a_path_through_the_graph(
    watched: Watched, served: Callable[..., str]
) -> None:
    page = watched.open(served("person:one", limit=2))
    page.fill("#search", "training for all")
    expect(page.locator("#hits")).to_contain_text("in the graph")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Training for all staff")
    page.keyboard.press("s")
    watched.act("() => inquiryView.way('person:one')")
    page.click("#whole")
    expect(page.locator("#panel h2")).to_have_text("A path of 3 steps")
    assert page.locator("#panel ol > li").count() == 3
    assert page.locator("#panel ol > li .cite").count() >= 3
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("No path")


def test_an_overview_opens_its_groups(watched: Watched, client: httpx2.Client) -> None:
    base = str(client.base_url).rstrip("/")
    page = watched.open(f"{base}/explore?overview=true")
    groups = watched.act("() => [...View.groups.values()].map(({ of, predicate, count }) => [of, predicate, count])")
    assert ["body:council", "TARGETS", 2] in groups
    before = watched.shown()[0]
    group = watched.act(
        "() => [...View.groups.values()].find((one) => one.of === 'body:council' && one.predicate === 'TARGETS').id"
    )
    place = watched.act("(id) => Canvas.place(id)", group)
    page.mouse.click(place["x"], place["y"])
    expect(page.locator("#panel h2")).to_have_text("Example Council")
    expect(page.locator("#live")).to_contain_text("added")
    assert watched.shown()[0] >= TARGETS
    assert not before >= TARGETS
    assert group not in watched.act("() => [...inquiryView.shown().groups]")
    address = page.url
    page.goto("about:blank")
    watched.open(address)
    assert watched.shown()[0] >= TARGETS


def test_a_slow_server_is_waited_for_and_given_up(watched: Watched, served: Callable[..., str]) -> None:
    page = watched.open(served(limit=3))
    before = watched.shown()
    held: list[Any] = []
    page.route("**/neighbours", lambda route: held.append(route))
    page.evaluate("Server.patience = 1500; void inquiryView.expand('inquiry:first')")
    expect(page.locator("#busy")).to_have_text("The server is asked…")
    expect(page.locator("#panel")).to_contain_text("did not answer within")
    expect(page.locator("#busy")).to_be_hidden()
    assert watched.shown() == before


def test_nothing_moves_where_less_motion_is_asked_for(browser: Browser, saved: str) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        watched = watch(context)
        page = watched.open(saved)
        drawn = "() => { window.drawn = 0; Canvas.network.on('afterDrawing', () => { window.drawn += 1; }); }"
        watched.act(drawn)
        before = watched.act("() => JSON.stringify(Canvas.network.getPositions())")
        page.click("#untangle")
        page.wait_for_function("(before) => JSON.stringify(Canvas.network.getPositions()) !== before", arg=before)
        expect(page.locator("#untangle")).to_have_text("Untangle")
        assert watched.act("() => window.drawn") < 12, "it is drawn when all is in its place"
        assert watched.errors == []
