"""Entities over HTTP: found by words, read in pages with their history, moved, withdrawn; claims and loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.loaders.facts import load_request, read_fact_files
from graph.loaders.identity import Identified, Identity
from graph.queries import find_entity
from graph.schema import DocumentVersion, Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.writer import write_load

FACTS = """\
document: {id: document:d, title: The report on records, form: report, published: 2024-03-01, publisher: body:council}
says:
  - {entity: body:council, at: page 1, name: Example Council, other_name: EC, kind: Council, identifier: "gss:E1"}
  - {entity: body:police, at: page 1, name: Example Police, kind: PoliceForce, summary: They keep records.}
  - {entity: body:board, at: page 1, name: Example Board, kind: Partnership, part_of: body:council}
  - {entity: office:chief, at: page 1, name: Chief of the Example Police, office_of: body:police}
  - {entity: inquiry:first, at: page 1, name: Example inquiry, form: review, started: 2023, examines: body:council}
"""
LATER = """\
document: {id: document:later, title: Later, form: report}
says:
  - {entity: body:aa, at: page 1, name: Example}
"""
GONE = """
corrections:
  - reason: document_withdrawn
    note: taken back
    was: {entity: body:board, at: page 1, name: Example Board, kind: Partnership, part_of: body:council}
"""
REDACTED = """
corrections:
  - reason: redacted
    note: not to be read
    was: {entity: body:police, at: page 1, summary: They keep records.}
"""
KEPT = "\n".join(line for line in FACTS.splitlines() if "body:board" not in line)
UNSUMMED = FACTS.replace(", summary: They keep records.", "")


@pytest.fixture
def search(client: httpx2.Client, connection: Connection) -> Callable[..., Any]:
    def ask(path: str = "/v1/entities", **asked: Any) -> Any:
        connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
        reply = client.get(path, params=asked)
        assert reply.status_code == 200, reply.text
        return reply.json()

    return ask


@pytest.fixture
def load_now(clean_graph: Connection, facts_file: Callable[..., Path]) -> Callable[[str], None]:
    """Load more, recorded now and not in the time of `load_facts`."""

    def load(text: str) -> None:
        request = load_request(read_fact_files([facts_file(text, "later.yaml")]).files, "later.yaml")
        write_load(clean_graph, request, accept_shrinkage=True)

    return load


@pytest.fixture
def loaded(load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer["items"]]


def problem(reply: httpx2.Response, status: int, slug: str) -> dict[str, Any]:
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
    told: dict[str, Any] = reply.json()
    assert told["type"] == f"/v1/problems#{slug}"
    return told


def walk(client: httpx2.Client, path: str) -> Iterator[Any]:
    while path:
        reply = client.get(path)
        assert reply.status_code == 200, reply.text
        yield reply.json()
        path = reply.headers.get("link", "").partition("<")[2].partition(">")[0]


@pytest.mark.usefixtures("loaded")
def test_a_search_counts_what_it_finds_and_can_be_narrowed_down(search: Callable[..., Any]) -> None:
    found = search(q="exmaple")
    assert set(ids(found)) == {"body:council", "body:police", "body:board", "office:chief", "inquiry:first"}
    assert found["total"] == {"value": 5, "relation": "eq"}
    assert found["facets"] == {
        "kind": [{"value": "Body", "count": 3}, {"value": "Inquiry", "count": 1}, {"value": "Office", "count": 1}],
        "sub_kind": [{"value": name, "count": 1} for name in ("Council", "Partnership", "PoliceForce")],
        "form": [{"value": "review", "count": 1}],
    }
    assert (found["truncated"], found["next_cursor"], found["loaded"]["documents"]) == (False, None, 1)
    bodies = search(q="example", kind="Body")
    assert (len(ids(bodies)), bodies["facets"]["kind"]) == (3, found["facets"]["kind"])
    assert set(ids(search(q="example", body="Example Council"))) == {"body:council", "body:board", "inquiry:first"}
    assert ids(search(q="example", **{"from": "2023-06-01"})) == ["inquiry:first"]
    assert ids(search(q="records", until="2024-03-01")) == []
    assert ids(search(q="records", until="2024-03-02")) == ["document:d"]
    assert ids(search(q="gss:E1", kind="Body")) == ["body:council"], "identifiers are found"


@pytest.mark.usefixtures("loaded")
def test_suggestions_begin_as_one_types(search: Callable[..., Any]) -> None:
    assert ids(search("/v1/suggest", q="ch")) == ["office:chief"]
    assert ids(search("/v1/suggest", q="example p"))[0] == "body:police"
    assert ids(search("/v1/suggest", q="exam", kind="Office")) == ["office:chief"]
    assert search("/v1/suggest", q="exam", limit=2)["limit"] == len(search("/v1/suggest", q="exam", limit=2)["items"])


def test_pages_of_a_search_follow_each_other_while_more_is_loaded(
    client: httpx2.Client, search: Callable[..., Any], load_facts: Callable[..., Any], load_now: Callable[[str], None]
) -> None:
    load_facts(FACTS)
    whole = ids(search(q="example"))
    pages = walk(client, "/v1/entities?q=example&limit=2")
    seen = ids(next(pages))
    load_now(LATER)
    assert len(ids(search(q="example"))) == 6
    last = None
    for last in pages:
        seen += ids(last)
    assert seen == whole
    assert last is not None
    assert last["times"]["recorded_at"] is not None
    cursor = search(q="example", limit=2)["next_cursor"]
    told = problem(client.get("/v1/entities", params={"q": "other", "cursor": cursor}), 422, "invalid-parameter")
    assert told["parameter"] == "cursor"


@pytest.mark.parametrize(
    ("path", "slug", "parameter"),
    [
        ("/v1/entities?q=x&kinds=Body", "unknown-parameter", "kinds"),
        ("/v1/entities?q=x&since=2024-01-01", "unknown-parameter", "since"),
        ("/v1/entities?q=x&from=soon", "invalid-parameter", "from"),
        ("/v1/entities?q=x&body=Nobody", "ambiguous-name", "body"),
        ("/v1/entities?q=x&place=body:council", "ambiguous-name", "place"),
        ("/v1/entities?q=x&limit=101", "invalid-parameter", "limit"),
        ("/v1/suggest?q=x&kind=Bodies", "invalid-parameter", "kind"),
        ("/v1/suggest", "invalid-parameter", "q"),
        ("/v1/entities/body:council?include=claim", "invalid-parameter", "include"),
        ("/v1/bodies/body:council?includes=claims", "unknown-parameter", "includes"),
        ("/v1/entities/body:council/claims?cursor=eA", "invalid-parameter", "cursor"),
        ("/v1/entities/body:council/history?recorded_at=2024-01-01", "unknown-parameter", "recorded_at"),
        ("/v1/recommendations?position=acepted", "invalid-parameter", "position"),
        ("/v1/entities/body:council/relationships?direction=up", "invalid-parameter", "direction"),
        ("/v1/entities/body:council/relationships?type=TARGET", "invalid-parameter", "type"),
        ("/v1/loads?limit=0", "invalid-parameter", "limit"),
        ("/v1/claims/claim:x?limit=1", "unknown-parameter", "limit"),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_what_is_refused(client: httpx2.Client, path: str, slug: str, parameter: str) -> None:
    assert problem(client.get(path), 422, slug)["parameter"] == parameter


@pytest.mark.usefixtures("loaded")
def test_an_entity_is_slim_until_more_is_wanted(client: httpx2.Client) -> None:
    slim = client.get("/v1/entities/body:council").json()
    assert (slim["name"], slim["kind"], sorted(slim["labels"])) == ("Example Council", "Body", ["Body", "Council"])
    assert not {"names", "identifiers", "properties", "relationships", "claims"} & set(slim)
    paths = client.get("/openapi.json").json()["paths"]
    assert {link.replace("body:council", "{id}") for link in slim["links"].values()} <= set(paths)
    assert {"claims", "history", "relationships", "timeline", "recommendations", "offices", "succession"} == set(
        slim["links"]
    )
    full = client.get("/v1/bodies/body:council?include=names,identifiers,properties,relationships,claims").json()
    assert (full["names"], full["identifiers"]) == (["EC"], ["gss:E1"])
    assert full["properties"]["name"] == "Example Council"
    assert all(line["evidence"] for line in full["claims"])
    assert [(one["type"], one["direction"], one["other"]) for one in full["relationships"]] == [
        ("EXAMINES", "backward", "inquiry:first"),
        ("PART_OF", "backward", "body:board"),
        ("PUBLISHED_BY", "backward", "document:d"),
    ]
    assert {name: full[name] for name in slim} == slim
    told = problem(client.get("/v1/offices/body:council"), 404, "no-such-entity")
    assert told["detail"] == "body:council is a Body, not an Office"


def test_claims_and_history_come_in_pages_of_one_graph(
    client: httpx2.Client, load_facts: Callable[..., Any], load_now: Callable[[str], None]
) -> None:
    load_facts(FACTS)
    for path, name in (("/v1/entities/body:council/claims", "claims"), ("/v1/entities/body:council/history", "events")):
        whole = client.get(path).json()
        assert (len(whole[name]), whole["truncated"]) == (whole["total"], False)
        pages = walk(client, f"{path}?limit=2")
        seen = next(pages)[name]
        load_now(LATER.replace("body:aa", "body:council").replace("page 1", name))
        for page in pages:
            seen += page[name]
            assert page["times"]["recorded_at"] is not None
        assert seen == whole[name]
        assert client.get(path).json()["total"] > whole["total"]


def test_what_is_withdrawn_is_gone_with_a_tombstone(client: httpx2.Client, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    load_facts(KEPT + GONE, accept_shrinkage=True)
    for path in ("entities/body:board", "bodies/body:board", "bodies/body:board/offices", "entities/body:board/claims"):
        told = problem(client.get(f"/v1/{path}"), 410, "withdrawn")
        assert told["tombstone"] == {
            "id": "body:board",
            "recorded_at": "2026-01-01T12:00:00Z",
            "withdrawn_at": "2026-01-02T12:00:00Z",
            "claims": 3,
            "reasons": ["document_withdrawn"],
            "notes": ["taken back"],
        }
    earlier = client.get("/v1/entities/body:board/claims?recorded_at=2026-01-01").json()
    assert earlier["total"] == 3
    history = client.get("/v1/entities/body:board/history").json()
    assert [event["what"] for event in history["events"]] == ["closed"] * 3 + ["recorded"] * 3
    first = history["events"][0]
    assert (first["reason"], first["note"], first["documents"]) == ("document_withdrawn", "taken back", ["document:d"])
    closed = client.get(f"/v1/claims/{first['claim']}").json()
    assert (closed["claim"]["closing"], closed["evidence"][0]["locator"]) == ("document_withdrawn", "page 1")


def test_a_redacted_claim_is_gone_and_says_nothing(client: httpx2.Client, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    lines = client.get("/v1/entities/body:police/claims").json()["claims"]
    [claim] = [line["claim"] for line in lines if line["predicate"] == "summary"]
    assert client.get(f"/v1/claims/{claim}").json()["claim"]["value"] == "They keep records."
    load_facts(UNSUMMED + REDACTED, accept_shrinkage=True)
    reply = client.get(f"/v1/claims/{claim}")
    tombstone = problem(reply, 410, "withdrawn")["tombstone"]
    assert (tombstone["id"], tombstone["reasons"], tombstone["notes"]) == (claim, ["redacted"], ["not to be read"])
    for path in ("entities/body:police/history", "entities/body:police/claims?recorded_at=2026-01-01"):
        assert claim not in client.get(f"/v1/{path}").text
    assert client.get("/v1/entities/body:police").status_code == 200
    problem(client.get("/v1/claims/claim:none"), 404, "no-such-claim")


def test_a_record_that_was_joined_leads_to_its_entity(client: httpx2.Client, clean_graph: Connection) -> None:
    seed = Source(document="document:seed", published="2015")
    version = DocumentVersion(document="document:register", published="2020-01-01")
    register = Source(document="document:register", version=version, is_register=True)
    identity = Identity([Identified("body:ministry", "govuk:ministry", frozenset({"ministry of works"}))])
    claims = [
        make_claim("body:ministry", "name", value="Ministry of Works", source=seed, locator="p. 1"),
        identity.settle(
            make_claim("body:govuk.ministry", "name", value="Works Ministry", source=register, locator="row 1")
        ),
    ]
    write_load(clean_graph, LoadRequest("test", "x", (LoadInput(name="x", sha256="0" * 64),), claims))
    assert find_entity(clean_graph, "body:govuk.ministry") == "body:ministry"
    for path in ("entities/{}", "bodies/{}", "bodies/{}/offices?limit=3", "entities/{}/claims", "entities/{}/history"):
        moved = client.get(f"/v1/{path.format('body:govuk.ministry')}")
        assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/{path.format('body:ministry')}")
    problem(client.get("/v1/offices/body:govuk.ministry/holders"), 404, "no-such-entity")
    [joined] = client.get("/v1/entities/body:ministry/history").json()["joined"]
    assert (joined["id"], joined["claims"]) == ("body:govuk.ministry", 1)


def test_loads_come_in_pages_the_newest_first(client: httpx2.Client, load_facts: Callable[..., Any]) -> None:
    for name in ("one.yaml", "two.yaml", "three.yaml"):
        load_facts(FACTS, name=name)
    pages = list(walk(client, "/v1/loads?limit=2"))
    assert [load["source"].partition("#")[0] for page in pages for load in page["items"]] == [
        "three.yaml", "two.yaml", "one.yaml",
    ]  # fmt: skip
    assert (pages[0]["total"], pages[0]["truncated"], pages[1]["truncated"]) == (3, True, False)
