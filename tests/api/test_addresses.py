"""Named queries under addresses of their own: the same answers, for one entity of the right kind that is there."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from api.addresses import ADDRESSES, COLLECTIONS, Address
from graph.loaders.facts import load_request, read_fact_files
from graph.queries import Catalogue
from graph.store.connection import Connection
from graph.store.writer import write_load

FACTS = """\
document: {id: document:report, title: The report, form: report, published: 2024-03-01, publisher: body:council}
says:
  - entity: body:council
    at: page 1
    name: Example Council
    kind: Council
    succeeded_by: {to: body:city, on: 2025, how: renamed}
  - {entity: body:city, at: page 1, name: Example City, kind: Council}
  - {entity: office:leader, at: page 1, name: Leader of Example Council, office_of: body:council}
  - {entity: person:someone, at: page 1, name: Someone, held: {to: office:leader, from: 2020}}
  - {entity: topic:records, at: page 1, name: Records}
  - entity: inquiry:first
    at: page 1
    name: First inquiry
    form: review
    announced: 2023-05
    produced: document:report
    examines: body:council
  - {entity: event:meeting, at: page 1, name: A meeting, date: 2024-01-10, involved: body:council}
  - entity: recommendation:first-1
    at: page 2
    number: "1"
    name: Share records
    made_in: document:report
    about: topic:records
    targets: {to: body:council, role: must_act}
  - entity: recommendation:first-2
    at: page 3
    number: "2"
    name: Share them again
    made_in: document:report
    repeats: {to: recommendation:first-1, how: cites, explicit: yes}
    targets: office:leader
  - entity: decision:answer
    at: page 4
    name: The answer
    form: response
    date: 2024-06-01
    made_by: body:council
    responds_to: {to: recommendation:first-1, position: accepted}
  - entity: assessment:judgement
    at: page 5
    name: The judgement
    date: 2025-01-01
    words: under way
    stage: in_progress
    assesses: recommendation:first-1
    assessed_by: body:council
"""
ENTITIES = {
    "Body": "body:council",
    "Office": "office:leader",
    "Inquiry": "inquiry:first",
    "Document": "document:report",
    "Recommendation": "recommendation:first-1",
    "Event": "event:meeting",
    "Entity": "body:council",
}
LISTS = {"paths": {"from": "inquiry:first", "to": "body:council"}}
OF_ONE = [address for address in ADDRESSES if address.kind]


@pytest.fixture(scope="module")
def loaded(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The facts, loaded once: these tests only ask."""
    connection.execute("MATCH (n) DETACH DELETE n")
    path = tmp_path_factory.mktemp("facts") / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    write_load(connection, load_request(read_fact_files([path]).files, "facts.yaml"))
    connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def problem(reply: httpx2.Response, status: int, slug: str) -> dict[str, Any]:
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
    told: dict[str, Any] = reply.json()
    assert told["type"] == f"/v1/problems#{slug}"
    return told


def path_of(address: Address) -> str:
    return address.template.replace("{id}", ENTITIES.get(address.kind or "", ""))


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_an_address_answers_as_its_named_query_does(client: httpx2.Client, address: Address) -> None:
    given = LISTS.get(address.path, {})
    called = {address.renamed.get(p.name, p.name): p.name for p in Catalogue()[address.query].parameters}
    asked = {called[name]: value for name, value in given.items()}
    if address.parameter is not None:
        asked[address.parameter] = ENTITIES[address.kind or ""]
    for form in ("json", "csv", "ndjson"):
        there = client.get(f"/v1/queries/{address.query}", params={**asked, "format": form})
        here = client.get(path_of(address), params={**given, "format": form})
        assert (here.status_code, here.text) == (200, there.text)
        assert here.headers["etag"]
    if address.path != "disputes":
        assert json.loads(client.get(path_of(address), params=given).text)["rows"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("address", OF_ONE, ids=lambda address: address.name)
def test_an_address_is_of_one_entity_of_its_kind(client: httpx2.Client, address: Address) -> None:
    template = address.template
    told = problem(client.get(template.replace("{id}", "body:council-x")), 404, "no-such-entity")
    if address.kind in {"Body", "Entity"}:
        assert "body:council" in {one["id"] for one in told["candidates"]}
    if address.kind != "Entity":
        other = "person:someone"
        told = problem(client.get(template.replace("{id}", other)), 404, "no-such-entity")
        assert told["hint"] == f"/v1/entities/{other} has it"
    problem(client.get(f"{path_of(address)}?nonsense=1"), 422, "unknown-parameter")
    if address.parameter is not None:
        problem(client.get(f"{path_of(address)}?{address.parameter}=body:city"), 422, "unknown-parameter")


@pytest.mark.usefixtures("loaded")
def test_a_name_is_no_id(client: httpx2.Client) -> None:
    told = problem(client.get("/v1/bodies/Example%20Council/succession"), 404, "no-such-entity")
    assert told["hint"] == "body:council is called so"


@pytest.mark.usefixtures("loaded")
def test_pages_of_an_address_follow_each_other(client: httpx2.Client) -> None:
    path = "/v1/documents/document:report/impact?limit=4"
    whole = client.get("/v1/documents/document:report/impact").json()["rows"]
    rows = []
    while path:
        reply = client.get(path)
        assert reply.status_code == 200, reply.text
        rows += reply.json()["rows"]
        path = reply.headers.get("link", "").partition("<")[2].partition(">")[0]
        assert not path or path.startswith("/v1/documents/document:report/impact?")
    assert rows == whole
    assert len(whole) > 8


def test_the_table_names_what_there_is() -> None:
    catalogue = Catalogue()
    assert len({address.template for address in ADDRESSES}) == len(ADDRESSES)
    for address in ADDRESSES:
        names = {parameter.name for parameter in catalogue[address.query].parameters}
        assert {*address.renamed, *address.without, *([address.parameter] if address.parameter else [])} <= names
        assert address.kind in {None, "Entity", *COLLECTIONS}
