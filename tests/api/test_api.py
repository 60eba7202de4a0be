"""Questions over HTTP: the same answers as elsewhere, with their evidence, and problems that say what was wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from attacks import ATTACKS
from graph.loaders.facts import load_request, read_fact_files
from graph.queries import Answer
from graph.schema import Claim, Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.writer import BATCH, write_load

FACTS = """\
document: {id: document:d, title: The report, form: report, published: 2024-03-01, publisher: body:council}
says:
  - {entity: body:council, at: page 1, name: Example Council, kind: Council}
  - {entity: body:police, at: page 1, name: "=Example Police", kind: PoliceForce}
  - {entity: inquiry:first, at: page 1, name: First inquiry, produced: document:d}
  - entity: recommendation:first-1
    at: page 2
    number: "1"
    name: Share records
    made_in: document:d
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
        (TARGETS, 422, "invalid-parameter", None, "needs `inquiry` or `recommendation`"),
        ("/v1/queries/body-succession", 422, "invalid-parameter", "body", ""),
        (f"{TARGETS}?inquiry=inquiry:frist", 422, "ambiguous-name", "inquiry", "inquiry:first"),
        (f"{TARGETS}?inquiry=Example+Council", 422, "ambiguous-name", "inquiry", "body:council"),
        (f"{TARGETS}?inquiry=inquiry:first&limit=0", 422, "invalid-parameter", "limit", "greater than or equal to 1"),
        (f"{TARGETS}?inquiry=inquiry:first&known_at=soon", 422, "invalid-parameter", "known_at", "YYYY-MM-DD"),
        (f"{TARGETS}?inquiry=inquiry:first&recorded_at=soon", 422, "invalid-parameter", "recorded_at", "YYYY-MM-DD"),
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


@pytest.mark.parametrize(
    ("path", "slug", "parameter"),
    [
        ("/healthz?nonsense=1", "unknown-parameter", "nonsense"),
        ("/v1/entities/inquiry:first?known_at=2020-01-01", "unknown-parameter", "known_at"),
        (f"{TARGETS}?inquiry=inquiry:first&limit=1&limit=2", "invalid-parameter", "limit"),
        (f"{TARGETS}?inquiry=inquiry:first&valid_at=0", "invalid-parameter", "valid_at"),
        (f"{TARGETS}?inquiry=", "invalid-parameter", "inquiry"),
        (
            f"{TARGETS}?inquiry=inquiry:first&recorded_at=0001-01-01T00:00:00%2B01:00",
            "invalid-parameter",
            "recorded_at",
        ),
        ("/v1/queries/paths?start=body:a&end=body:b&most=99999999999999999999", "invalid-parameter", "most"),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_nothing_is_ignored_or_guessed(client: httpx2.Client, path: str, slug: str, parameter: str) -> None:
    assert problem(client.get(path), 422, slug)["parameter"] == parameter


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (TARGETS, b'{"inquiry": "\\ud800"}'),
        (TARGETS, b'{"inquiry": "inquiry:first", "limits": 1}'),
        (TARGETS, b'{"inquiry": "inquiry:first", "limit": "5"}'),
        (TARGETS, b'{"inquiry": "inquiry:first", "include_unchecked": "true"}'),
        (TARGETS, b'{"inquiry": "inquiry:first", "role": "must"}'),
        (TARGETS, b"{"),
        (TARGETS, b"[]"),
        (TARGETS, b""),
        (TARGETS, b"\xff"),
        ("/v1/cypher", b'{"query": "RETURN 1", "parameters": {"x": ' + b"[" * 300 + b"]" * 300 + b"}}"),
        ("/v1/cypher", b'{"query": "RETURN $x", "parameters": {"x": "\\ud800"}}'),
        ("/v1/cypher", b'{"query": "RETURN 1", "limit": "5"}'),
        ("/v1/cypher", b'{"query": "RETURN 1", "timeout": "5"}'),
        ("/v1/cypher", b"{\"query\": \"CALL db.index.fulltext.queryNodes('nope', '((') YIELD node RETURN node\"}"),
    ],
)
def test_bodies_that_cannot_be_used(client: httpx2.Client, path: str, body: bytes) -> None:
    reply = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json"), reply.text
    assert not any(word in reply.text for word in ("lucene", "java", "Caused by", "INQUIRY_"))


def test_lucene_is_text(client: httpx2.Client) -> None:
    for text in ("name:x AND *", "[a TO", 'a" OR "b', "a\\", "((", "\x00", "~*?", "\U0001f600"):
        reply = client.get("/v1/entities", params={"q": text})
        assert reply.status_code == 200, (text, reply.text)


@pytest.mark.usefixtures("loaded")
def test_methods_and_forms(client: httpx2.Client) -> None:
    told = client.delete(TARGETS)
    problem(told, 405, "wrong-method")
    assert told.headers["allow"] == "GET, POST"
    asked = f"{TARGETS}?inquiry=inquiry:first"
    head = client.head(asked)
    assert (head.status_code, head.content, int(head.headers["content-length"]) > 100) == (200, b"", True)
    problem(client.get("/v1/queries/"), 404, "no-such-address")
    for accepted, form in (
        ("application/json;q=0, text/csv", "text/csv"),
        ("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson"),
        ("text/html, */*;q=0.1", "application/json"),
    ):
        assert client.get(asked, headers={"Accept": accepted}).headers["content-type"].startswith(form)


def test_sizes(client: httpx2.Client) -> None:
    problem(client.get(f"{TARGETS}?inquiry=x", headers={"Accept": "image/png"}), 406, "not-acceptable")
    problem(client.post("/v1/cypher", content=b"x" * 1_000_001), 413, "body-too-large")
    chunks = (b"x" * 100_000 for _ in range(11))
    problem(client.post("/v1/cypher", content=chunks), 413, "body-too-large")


def walk(client: httpx2.Client, path: str) -> Iterator[httpx2.Response]:
    while path:
        reply = client.get(path)
        assert reply.status_code == 200, reply.text
        yield reply
        path = reply.headers.get("link", "").partition("<")[2].partition(">")[0]


def many(count: int, begin: int = 1) -> str:
    head, _, recommendation = FACTS.partition("  - entity: recommendation:first-1\n")
    blocks = []
    for number in range(begin, begin + count):
        block = f"  - entity: recommendation:first-{number:03}\n{recommendation}"
        blocks.append(block.replace('number: "1"', f'number: "{number:03}"'))
    return head + "".join(blocks)


def test_pages_are_of_one_graph_while_a_load_writes(
    client: httpx2.Client,
    load_facts: Callable[..., Any],
    ask_query: Callable[..., Answer],
    facts_file: Callable[..., Path],
    connection: Connection,
) -> None:
    load_facts(many(20, begin=50))
    whole = ask_query("recommendation-targets", inquiry="inquiry:first").rows
    pages = walk(client, f"{TARGETS}?inquiry=inquiry:first&limit=7")
    rows = next(pages).json()["rows"]
    # More rows come, in front of those that were seen.
    facts = read_fact_files([facts_file(many(40, begin=30))])
    write_load(connection, load_request(facts.files, "facts.yaml"))
    for page in pages:
        rows += page.json()["rows"]
    assert rows == whole
    assert len(rows) == 40
    assert len(ask_query("recommendation-targets", inquiry="inquiry:first").rows) == 80


def test_half_a_load_is_never_shown(
    client: httpx2.Client, load_facts: Callable[..., Any], clean_graph: Connection
) -> None:
    load_facts(FACTS)
    before = client.get(f"{TARGETS}?inquiry=inquiry:first").json()["rows"]
    seen = []

    class Slow:
        def __iter__(self) -> Iterator[Claim]:
            yield from (claim(number) for number in range(BATCH + 1))
            seen.append(client.get(f"{TARGETS}?inquiry=inquiry:first"))

    def claim(number: int) -> Claim:
        source = Source(document="document:other", published="2024")
        return make_claim(
            "recommendation:first-1", "TARGETS", target=f"body:b{number}", source=source, locator=f"row {number}"
        )

    write_load(clean_graph, LoadRequest("test", "other", (LoadInput(name="x", sha256="0" * 64),), Slow()))
    assert seen[0].json()["rows"] == before
    assert seen[0].json()["times"]["recorded_at"] is not None
    assert client.get(f"{TARGETS}?inquiry=inquiry:first").json()["total"]["value"] == BATCH + 3


def test_a_cursor_of_another_question_is_refused(client: httpx2.Client, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    cursor = client.get(f"{TARGETS}?inquiry=inquiry:first&limit=1").headers["inquiry-cursor"]
    for asked in (
        {"inquiry": "inquiry:first", "known_at": "2025-01-01", "cursor": cursor},
        {"inquiry": "x", "cursor": "eA"},
    ):
        assert problem(client.get(TARGETS, params=asked), 422, "invalid-parameter")["parameter"] == "cursor"
    assert len(client.post(TARGETS, json={"inquiry": "inquiry:first", "cursor": cursor}).json()["rows"]) == 1


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
        "columns": ["id"], "rows": [{"id": "body:council"}], "graph": None, "limit": 1, "truncated": True,
        "notifications": [], "plan": None,
    }  # fmt: skip
    drawn = client.post("/v1/cypher", json={"query": "MATCH ()-[r:TARGETS]->() RETURN r", "form": "graph"}).json()
    assert (drawn["rows"], len(drawn["graph"]["relationships"])) == ([], 2)
    assert {node["id"] for node in drawn["graph"]["nodes"]} == {"recommendation:first-1", "body:council", "body:police"}
    planned = client.post("/v1/cypher", json={"query": "EXPLAIN MATCH (a:Body), (b:Body) RETURN *"}).json()
    assert planned["plan"]["operator"] == "ProduceResults"
    assert [told["category"] for told in planned["notifications"]] == ["PERFORMANCE"]
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


def test_it_says_whether_it_can_answer(client: httpx2.Client, clean_graph: Connection) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    empty = client.get("/readyz")
    assert (empty.status_code, empty.headers["retry-after"]) == (503, "5")
    assert empty.json() == {"ready": False, "missing": ["the graph is empty"]}
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
