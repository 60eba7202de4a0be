"""Questions as forms and Cypher of one's own; how pages are sent, and how they fail."""

from __future__ import annotations

import gzip
from urllib.parse import urlencode

import httpx2
import pytest

from graph.queries import Catalogue, Times, ask
from graph.queries.paste import compose_whole
from graph.store.connection import Connection
from graph.store.guard import run_guarded
from reading import Page, read_page

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ASKED = {
    "body-recommendations": {"body": "body:council"},
    "recommendations": {"inquiry": "inquiry:first"},
    "timeline": {"entity": "body:council"},
}


def read(reply: httpx2.Response, status: int = 200) -> Page:
    assert reply.status_code == status, reply.text
    page = read_page(reply.text)
    assert page.strange == []
    return page


def run(client: httpx2.Client, cypher: str, parameters: str = "", **headers: str) -> httpx2.Response:
    sent = urlencode({"cypher": cypher, "parameters": parameters})
    return client.post(
        "/cypher", content=sent, headers={"Content-Type": "application/x-www-form-urlencoded", **headers}
    )


def test_every_question_is_a_form(client: httpx2.Client) -> None:
    page = read(client.get("/queries"))
    for query in Catalogue():
        assert page.leading(query.question) == [f"/queries/{query.name}"]
    form = client.get("/queries/recommendations").text
    assert '<option value="accepted_in_part">accepted in part</option>' in form
    assert '<input id="p-from" name="from" type="date"' in form
    assert 'list="p-inquiry-names" data-suggest="Inquiry"' in form


def test_a_form_is_answered_with_what_was_filled_in(client: httpx2.Client) -> None:
    page = read(client.get("/queries/recommendation-targets?inquiry=First+inquiry&recommendation=&role=&limit=1"))
    assert "The first 1 of 3 rows." in page.text
    asked = "inquiry=First%20inquiry"
    assert page.leading("The whole answer") == [f"/queries/recommendation-targets?{asked}"]
    assert page.leading("CSV") == [f"/v1/queries/recommendation-targets?{asked}&format=csv"]
    assert page.leading("As a view") == [f"/explore?query=recommendation-targets&{asked}"]
    assert page.leading("This page as JSON") == [f"/v1/queries/recommendation-targets?{asked}"]
    assert "Answer" not in read(client.get("/queries/recommendation-trail")).text


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("office-holders", {"office": "office:leader", "valid_at": "2014-13-01"}, "2014-13-01"),
        ("office-holders", {"office": "office:leader", "limit": "1001"}, "a page shows 1 to 1,000 rows"),
        ("recommendations", {"target": "body:council", "position": "agreed"}, "`position` does not take 'agreed'"),
        ("recommendation-trail", {"recommendation": "Share recrods"}, "no Recommendation is called"),
    ],
)
def test_a_form_says_what_was_wrong_and_keeps_what_was_typed(
    client: httpx2.Client, name: str, given: dict[str, str], words: str
) -> None:
    reply = client.get(f"/queries/{name}", params=given)
    assert words in read(reply, 422).text
    # One of a few words is chosen, not typed.
    assert [value for key, value in given.items() if key != "position" and f'value="{value}"' not in reply.text] == []


def test_a_likely_entity_is_one_press_away(client: httpx2.Client) -> None:
    text = client.get("/queries/recommendation-trail?recommendation=Share+recrods&known_at=2020-01-01").text
    form = text.partition('role="alert"')[2]
    assert '<input type="hidden" name="known_at" value="2020-01-01">' in form
    assert '<input type="hidden" name="recommendation" value="recommendation:first-1">' in form


@pytest.mark.parametrize("name", ASKED)
def test_a_named_query_in_the_editor_gives_the_rows_that_it_gives(graph: Connection, name: str) -> None:
    query, given = Catalogue()[name], ASKED[name]
    rows = ask(graph, query, given).rows
    whole = run_guarded(graph, compose_whole(query, given, times=Times()), {}, limit=200, timeout=60)
    assert [[row[column.name] for column in query.columns] for row in whole.rows] == [
        [row[column.name] for column in query.columns] for row in rows
    ]
    assert len(rows) > 1


def test_cypher_of_ones_own_is_answered_as_a_table(client: httpx2.Client) -> None:
    page = read(
        run(
            client, "MATCH (b:Body {id: $body}) RETURN b, b.name AS name, [1, null] AS some", '{"body": "body:council"}'
        )
    )
    assert ("/entities/body%3Acouncil", "body:council") in page.links
    assert "1 rows." in page.text
    (link,) = read(run(client, "RETURN 1 AS one")).leading("As a view")
    assert link == "/explore?cypher=RETURN%201%20AS%20one"
    filled = read(client.get("/cypher?cypher=RETURN 1 AS one"))
    assert "Result" not in filled.text
    assert "RETURN 1 AS one" in filled.text
    named = read(client.get("/cypher?query=recommendation-trail&recommendation=recommendation:first-1"))
    assert "{subject: \"recommendation:first-1\", predicate: 'MADE_IN'}" in named.text


def test_the_editor_is_guarded_and_keeps_the_text(client: httpx2.Client) -> None:
    for cypher, parameters, words in (
        ("MATCH (n) DETACH DELETE n", "", "only queries that read are run here"),
        ("CALL dbms.listConfig()", "", "dbms.listConfig"),
        ("RETURN $x", "[1]", "valid dictionary"),
        ("RETURN $x", "{", "the parameters are no JSON object"),
        ("", "", "this cannot be run"),
    ):
        reply = run(client, cypher, parameters)
        assert words in read(reply, 422).text
        assert cypher in read_page(reply.text).text
    elsewhere = run(client, "RETURN 1", **{"Sec-Fetch-Site": "cross-site"})
    assert "a page from elsewhere sent this" in read(elsewhere, 422).text


def raw(client: httpx2.Client, address: str, **headers: str) -> tuple[httpx2.Response, bytes]:
    with client.stream("GET", address, headers=headers) as reply:
        return reply, b"".join(reply.iter_raw())


def test_pages_and_files_are_compressed_and_still_known_by_their_tags(client: httpx2.Client) -> None:
    plain, text = raw(client, "/entities/body:council", **{"Accept-Encoding": "identity"})
    small, packed = raw(client, "/entities/body:council", **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed) == text
    assert len(packed) * 4 < len(text)
    assert small.headers["etag"] == f"W/{plain.headers['etag']}"
    assert {"Accept-Encoding", "Accept"} <= {part.strip() for part in small.headers["vary"].split(",")}
    for tag in (plain.headers["etag"], small.headers["etag"]):
        known, nothing = raw(client, "/entities/body:council", **{"Accept-Encoding": "gzip", "If-None-Match": tag})
        assert (known.status_code, nothing) == (304, b"")
    for answer in ("/v1/queries/inquiries", "/v1/queries/inquiries?format=ndjson"):
        assert "content-encoding" not in raw(client, answer, **{"Accept-Encoding": "gzip"})[0].headers
    (script,) = {one for one in read_page(text.decode()).scripts if one}
    file, packed = raw(client, script, **{"Accept-Encoding": "gzip"})
    assert file.headers["content-encoding"] == "gzip"
    assert b"data-suggest" in gzip.decompress(packed)


@pytest.fixture(
    params=[
        ("/nothing", 404, "There is nothing at this address"),
        ("/entities/body:nothing", 404, "There is no such entity"),
        ("/queries/recommendation-trial", 404, "did you mean `recommendation-trail`?"),
        ("/entities/body:council?knownat=2014", 422, "did you mean `known_at`?"),
        (f"/?q={'a' * 8_001}", 414, "The address is too long"),
        ("/explore?entity=nothing+like+it", 422, "no entity is called"),
    ],
    ids=lambda one: one[0][:30],
)
def failing(request: pytest.FixtureRequest) -> tuple[str, int, str]:
    found: tuple[str, int, str] = request.param
    return found


def test_a_page_that_fails_says_so_in_a_page(client: httpx2.Client, failing: tuple[str, int, str]) -> None:
    address, status, words = failing
    reply = client.get(address, headers=HTML)
    assert words in read(reply, status).text
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in reply.headers["content-security-policy"]
    data = client.get(address, headers={"Accept": "application/json"})
    assert (data.status_code, data.headers["content-type"]) == (status, "application/problem+json")


def test_programs_get_problems_as_data_whatever_they_accept(client: httpx2.Client) -> None:
    for address in ("/v1/nothing", "/v1/entities/body:nothing", "/static/0/x.js"):
        reply = client.get(address, headers=HTML)
        assert (reply.status_code, reply.headers["content-type"]) == (404, "application/problem+json")
