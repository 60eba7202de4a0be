"""Questions over HTTP: the same answers as elsewhere, with their evidence, and problems that say what was wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from attacks import ATTACKS
from graph.queries import Answer
from graph.settings import Settings
from graph.store.connection import Connection

FACTS = """\
document: {id: document:d, title: The report, form: report, published: 2024-03-01, publisher: body:council}
says:
  - {entity: body:council, at: page 1, name: Example Council, kind: Council}
  - {entity: body:police, at: page 1, name: "=Example Police", kind: PoliceForce}
  - {entity: inquiry:first, at: page 1, name: First inquiry}
  - entity: recommendation:first-1
    at: page 2
    number: "1"
    summary: Share records
    of: inquiry:first
    targets: [body:council, body:police]
"""
CHANGED = FACTS.replace("Share records", "Share all records")
TARGETS = "/v1/queries/recommendation-targets"


@pytest.fixture
def loaded(load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)


def problem(reply: httpx2.Response, status: int, slug: str) -> dict[str, Any]:
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json"), reply.text
    told: dict[str, Any] = reply.json()
    assert (told["type"], told["status"]) == (f"/v1/problems#{slug}", status)
    return told


def ordered(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("times", [{}, {"known_at": "2024-06-01", "valid_at": "2025-01-01"}])
def test_the_answer_is_that_of_the_command_to_the_order_of_its_keys(
    client: httpx2.Client, inquiry: Callable[..., Any], times: dict[str, str]
) -> None:
    options = [word for name, value in times.items() for word in (f"--{name.replace('_', '-')}", value)]
    printed = inquiry("ask", "recommendation-targets", "--inquiry", "First inquiry", *options, "--json").stdout
    asked = {"inquiry": "First inquiry", **times}
    got = client.get(TARGETS, params=asked)
    assert got.status_code == 200, got.text
    assert ordered(got.json()) == ordered(json.loads(printed))
    assert ordered(client.post(TARGETS, json=asked).json()) == ordered(got.json())
    assert len(got.json()["rows"]) == 2
    assert all(row["evidence"][0]["locator"] == "page 2" for row in got.json()["rows"])


@pytest.mark.usefixtures("loaded")
def test_rows_alone_come_as_csv_and_ndjson(client: httpx2.Client, ask_query: Callable[..., Answer]) -> None:
    answer = ask_query("recommendation-targets", inquiry="inquiry:first")
    asked = {"inquiry": "inquiry:first"}
    table = client.get(TARGETS, params=asked, headers={"Accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert table.headers["inquiry-total"] == "2"
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["target"] for row in rows] == [row["target"] for row in answer.rows]
    assert "'=Example Police" in {row["target_name"] for row in rows}, "no spreadsheet runs a cell"
    lines = client.get(TARGETS, params={**asked, "format": "ndjson", "limit": "1"})
    assert [json.loads(line) for line in lines.text.splitlines()] == answer.rows[:1]
    assert (lines.headers["inquiry-truncated"], lines.headers["inquiry-limit"]) == ("true", "1")


@pytest.mark.parametrize(
    ("path", "status", "slug", "parameter", "words"),
    [
        (f"{TARGETS}?inquiry=inquiry:first&limits=3", 422, "unknown-parameter", "limits", "did you mean `limit`?"),
        (TARGETS, 422, "invalid-parameter", "inquiry", ""),
        (f"{TARGETS}?inquiry=inquiry:frist", 422, "ambiguous-name", "inquiry", "inquiry:first"),
        (f"{TARGETS}?inquiry=Example+Council", 422, "ambiguous-name", "inquiry", "body:council"),
        (f"{TARGETS}?inquiry=inquiry:first&limit=0", 422, "invalid-parameter", "limit", "greater than or equal to 1"),
        (f"{TARGETS}?inquiry=inquiry:first&known_at=soon", 422, "invalid-parameter", "known_at", "date"),
        (f"{TARGETS}?inquiry=inquiry:first&recorded_at=soon", 422, "invalid-parameter", None, "soon"),
        ("/v1/queries/recommendation-target", 404, "no-such-query", None, "did you mean `recommendation-targets`?"),
        ("/v1/entities/inquiry:frist", 404, "no-such-entity", None, "inquiry:first"),
        ("/v1/entities/Example%20Council", 404, "no-such-entity", None, "body:council is called so"),
        ("/v1/entities?q=council&kind=Bodies", 422, "invalid-parameter", "kind", "Body"),
        ("/v1/nothing", 404, "no-such-address", None, ""),
        (f"{TARGETS}?inquiry={'x' * 9_000}", 414, "address-too-long", None, ""),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_problems_say_what_was_wrong(
    client: httpx2.Client, settings: Settings, path: str, status: int, slug: str, parameter: str | None, words: str
) -> None:
    reply = client.get(path)
    told = problem(reply, status, slug)
    assert told.get("parameter") == parameter
    assert words in reply.text
    for secret in (str(settings.data_dir), "bolt://", "MATCH", "Traceback", "INQUIRY_", "--"):
        assert secret not in reply.text


def test_methods_forms_and_sizes(client: httpx2.Client) -> None:
    assert client.delete("/v1/queries").headers["allow"] == "GET"
    problem(client.delete("/v1/queries"), 405, "wrong-method")
    problem(client.get(f"{TARGETS}?inquiry=x", headers={"Accept": "image/png"}), 406, "not-acceptable")
    problem(client.post("/v1/cypher", content=b"x" * 1_000_001), 413, "body-too-large")
    chunks = (b"x" * 100_000 for _ in range(11))
    problem(client.post("/v1/cypher", content=chunks), 413, "body-too-large")


def test_an_answer_that_has_not_changed_is_not_sent_again(
    client: httpx2.Client, load_facts: Callable[..., Any]
) -> None:
    load_facts(FACTS)
    for path in (f"{TARGETS}?inquiry=inquiry:first", "/v1/entities/inquiry:first"):
        tag = client.get(path).headers["etag"]
        again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    path = f"{TARGETS}?inquiry=inquiry:first"
    tag = client.get(path).headers["etag"]
    assert client.get(f"{path}&limit=1", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(path, headers={"If-None-Match": tag, "Accept": "text/csv"}).status_code == 200
    load_facts(CHANGED, accept_shrinkage=True)
    changed = client.get(path, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


@pytest.mark.usefixtures("loaded")
def test_an_entity_and_what_documents_say_of_it(client: httpx2.Client, connection: Connection) -> None:
    connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    [found] = client.get("/v1/entities", params={"q": "Exmaple Council", "kind": "Body", "limit": 1}).json()["items"]
    assert found["id"] == "body:council"
    entity = client.get(f"/v1/entities/{found['id']}").json()
    assert (entity["name"], sorted(entity["labels"])) == ("Example Council", ["Body", "Council"])
    claims = client.get(entity["links"]["claims"]).json()
    [target] = [claim for claim in claims["claims"] if claim["predicate"] == "TARGETS"]
    assert (target["other"], target["evidence"][0]["title"]) == ("recommendation:first-1", "The report")
    assert client.get(entity["links"]["claims"], params={"limit": 1}).json()["truncated"] is True


@pytest.mark.usefixtures("loaded")
def test_cypher_reads_and_its_limits_hold(client: httpx2.Client) -> None:
    asked = {"query": "MATCH (b:Body) RETURN b.id AS id ORDER BY id", "limit": 1}
    assert client.post("/v1/cypher", json=asked).json() == {
        "columns": ["id"], "rows": [{"id": "body:council"}], "truncated": True, "plan": None,
    }  # fmt: skip
    told = problem(client.post("/v1/cypher", json={"query": "RETRN 1"}), 422, "cypher-refused")
    assert "line 1, column 1" in told["detail"]
    slow = {"query": "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)", "timeout": 1}
    problem(client.post("/v1/cypher", json=slow), 422, "query-stopped")
    eats = {"query": "RETURN size(reduce(s = 'a', x IN range(1, 30) | s + s))"}
    problem(client.post("/v1/cypher", json=eats), 422, "query-stopped")
    assert client.post("/v1/cypher", json={"query": "RETURN 1 AS x"}).json()["rows"] == [{"x": 1}]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused(client: httpx2.Client, connection: Connection, attack: str) -> None:
    reply = client.post("/v1/cypher", json={"query": attack})
    assert reply.status_code == 422, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert not any(secret in reply.text for secret in ("java.", "\tat ", "bolt://", "root:x:"))
    assert connection.read("MATCH (n:X) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.usefixtures("loaded")
def test_it_says_whether_it_can_answer(client: httpx2.Client, clean_graph: Connection) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    empty = client.get("/readyz")
    assert (empty.status_code, empty.json()) == (503, {"ready": False, "missing": ["the graph is empty"]})
    clean_graph.write("CREATE (:Entity:Body {id: 'body:x'})")
    assert client.get("/readyz").json() == {"ready": True, "missing": []}


def test_every_kind_of_problem_is_explained(client: httpx2.Client) -> None:
    explained = {item["type"] for item in client.get("/v1/problems").json()}
    assert {"/v1/problems#unknown-parameter", "/v1/problems#graph-not-reachable"} <= explained
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            assert {"413", "414", "503"} <= set(route["responses"]), (path, method)


def test_replies_say_how_they_may_be_used(client: httpx2.Client) -> None:
    reply = client.get("/healthz")
    assert (reply.headers["x-content-type-options"], reply.headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert reply.headers["x-request-id"] != client.get("/healthz").headers["x-request-id"]
