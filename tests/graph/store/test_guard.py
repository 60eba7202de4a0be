"""Cypher of strangers: reads work, everything else is refused, and each layer holds by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import neo4j
import pytest
from neo4j import READ_ACCESS
from neo4j.exceptions import Neo4jError

from attacks import ATTACKS, REACHES, WRITES
from graph.errors import QueryError, StoreError
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.guard import check_plan, run_guarded

FACTS = """\
document: {id: document:d, title: D, form: report, published: 2024, publisher: body:c}
says:
  - {entity: body:c, at: p, name: Example Council}
"""


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused(connection: Connection, attack: str) -> None:
    with pytest.raises((QueryError, StoreError)) as caught:
        run_guarded(connection, attack, {}, limit=10, timeout=5)
    assert "java." not in caught.value.message
    assert "\tat " not in caught.value.message
    assert connection.read("MATCH (n:X) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    ("query", "parameters", "rows"),
    [
        ("RETURN $x + 1 AS y", {"x": 1}, [{"y": 2}]),
        ("MATCH (b:Body) RETURN b.name AS name", {}, [{"name": "Example Council"}]),
        (
            "MATCH (b:Body) RETURN b", {},
            [{"b": {"labels": ["Body", "Entity"], "properties": {"id": "body:c", "name": "Example Council"}}}],
        ),
        (
            "RETURN date('2024-02-29') AS d, duration('P1D') AS l, 1.0 / 0 AS i", {},
            [{"d": "2024-02-29", "l": "P1D", "i": "inf"}],
        ),
        ("RETURN 'CREATE (n) SET n.x = 1; DELETE' AS text", {}, [{"text": "CREATE (n) SET n.x = 1; DELETE"}]),
        ("CALL db.relationshipTypes() YIELD relationshipType WITH * WHERE false RETURN *", {}, []),
        ("MATCH (b:Body) WITH b CALL (b) { RETURN b.id AS id } RETURN id", {}, [{"id": "body:c"}]),
        (
            "CALL db.index.fulltext.queryNodes('entity_text', 'council') YIELD node RETURN node.id AS id", {},
            [{"id": "body:c"}],
        ),
    ],
)  # fmt: skip
def test_reads_are_not_refused(
    load_facts: Callable[..., Any], connection: Connection, query: str, parameters: dict[str, Any], rows: list[Any]
) -> None:
    load_facts(FACTS)
    connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    assert run_guarded(connection, query, parameters, limit=10, timeout=5).rows == rows


def test_a_path_comes_as_nodes_and_relationships(load_facts: Callable[..., Any], connection: Connection) -> None:
    load_facts(FACTS)
    path = run_guarded(connection, "MATCH p = (:Document)-->(:Body) RETURN p", {}, limit=1, timeout=5).rows[0]["p"]
    assert [node["properties"]["id"] for node in path["nodes"]] == ["document:d", "body:c"]
    assert [(r["type"], r["start"], r["end"]) for r in path["relationships"]] == [
        ("PUBLISHED_BY", "document:d", "body:c")
    ]


def test_rows_as_a_graph_have_each_node_and_relationship_once_and_both_ends(
    load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS)
    query = "MATCH p = (d:Document)-[r:PUBLISHED_BY]->(b) UNWIND [1, 2] AS n RETURN {path: [p], other: [r]} AS found, n"
    result = run_guarded(connection, query, {}, limit=10, timeout=5, as_graph=True)
    assert (result.rows, result.columns, result.truncated) == ([], ["found", "n"], False)
    assert result.graph is not None
    assert [(node.id, node.labels) for node in result.graph.nodes] == [
        ("document:d", ["Document", "Entity"]),
        ("body:c", ["Body", "Entity"]),
    ]
    assert result.graph.nodes[1].properties["name"] == "Example Council"
    [told] = [(each.type, each.start, each.end) for each in result.graph.relationships]
    assert told == ("PUBLISHED_BY", "document:d", "body:c")
    alone = run_guarded(connection, "MATCH ()-[r:PUBLISHED_BY]->() RETURN r", {}, limit=10, timeout=5, as_graph=True)
    assert alone.graph is not None
    assert {node.id for node in alone.graph.nodes} == {"document:d", "body:c"}
    assert alone.graph.relationships == result.graph.relationships


def test_nodes_that_share_an_id_or_have_none_are_told_apart(clean_graph: Connection) -> None:
    clean_graph.write("CREATE (:X {id: 'same'})-[:R]->(:X {id: 'same'})-[:R]->(:X {id: 7})")
    result = run_guarded(clean_graph, "MATCH (a)-[r]->() RETURN r", {}, limit=10, timeout=5, as_graph=True)
    assert result.graph is not None
    ids = [node.id for node in result.graph.nodes]
    assert (len(set(ids)), ids.count("same")) == (3, 1)
    assert all({each.start, each.end} <= set(ids) for each in result.graph.relationships)
    clean_graph.execute("MATCH (n) DETACH DELETE n")


@pytest.mark.parametrize("before", ["", "EXPLAIN ", "PROFILE ", "profile /* so */ PROFILE "])
def test_what_neo4j_says_of_a_query_is_told_with_its_place(connection: Connection, before: str) -> None:
    query = before + "MATCH (a:Entity), (b:Entity)\nWHERE a.nope = 1 RETURN id(a) AS x"
    told = run_guarded(connection, query, {}, limit=10, timeout=5).notifications
    assert {(each.category, each.severity) for each in told} == {
        ("PERFORMANCE", "INFORMATION"), ("UNRECOGNIZED", "WARNING"), ("DEPRECATION", "WARNING"),
    }  # fmt: skip
    places = {each.category: (each.line, each.column, each.offset) for each in told}
    assert places["UNRECOGNIZED"] == (2, 9, len(before) + 37)
    [deprecated] = [each for each in told if each.category == "DEPRECATION"]
    assert deprecated.description.startswith("feature deprecated")


def test_many_comments_before_a_query_cost_nothing(connection: Connection) -> None:
    result = run_guarded(connection, "/**/" * 5_000 + "RETURN 1 AS x", {}, limit=10, timeout=5)
    assert result.rows == [{"x": 1}]


def test_a_mistake_is_told_where_it_stands_in_the_text(connection: Connection) -> None:
    for text, place in (
        ("RETRN 1", "line 1, column 1 (offset: 0)"),
        ("RETURN\n  nope", "line 2, column 3 (offset: 9)"),
    ):
        with pytest.raises(QueryError) as caught:
            run_guarded(connection, text, {}, limit=10, timeout=5)
        assert place in str(caught.value)


def test_plans_are_shown(connection: Connection) -> None:
    explained = run_guarded(connection, "EXPLAIN MATCH (n:Entity) RETURN n", {}, limit=10, timeout=5)
    assert (explained.rows, explained.plan and explained.plan["operator"]) == ([], "ProduceResults")
    profiled = run_guarded(connection, "PROFILE UNWIND [1, 2] AS x RETURN x", {}, limit=10, timeout=5)
    assert ([row["x"] for row in profiled.rows], profiled.plan and "DbHits" in profiled.plan) == ([1, 2], True)


def test_rows_are_capped_and_it_says_so(connection: Connection) -> None:
    capped = run_guarded(connection, "UNWIND range(1, 1000000) AS x RETURN x", {}, limit=3, timeout=5)
    assert ([row["x"] for row in capped.rows], capped.truncated) == ([1, 2, 3], True)
    one_more = run_guarded(connection, "UNWIND [1, 2, 3, 4] AS x RETURN x", {}, limit=3, timeout=5)
    assert ([row["x"] for row in one_more.rows], one_more.truncated) == ([1, 2, 3], True)
    whole = run_guarded(connection, "UNWIND [1, 2, 3] AS x RETURN x", {}, limit=3, timeout=5)
    assert whole.truncated is False


def test_a_runaway_query_is_stopped_on_the_server(connection: Connection) -> None:
    runaway = "UNWIND range(1, 100000000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)"
    with pytest.raises(StoreError, match="took too long and was stopped"):
        run_guarded(connection, runaway, {}, limit=1, timeout=1)
    left = connection.execute(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range' RETURN count(*) AS n"
    )
    assert left.rows == [{"n": 0}]


def test_a_query_that_eats_memory_is_stopped_once_and_harms_nobody(connection: Connection) -> None:
    with connection.session(READ_ACCESS) as other, other.begin_transaction() as transaction:
        assert transaction.run("RETURN 1 AS x").single(strict=True)["x"] == 1
        greedy = "UNWIND range(1, 50000000) AS x WITH collect(x) AS xs RETURN size(xs)"
        with pytest.raises(StoreError, match="too much memory"):
            run_guarded(connection, greedy, {}, limit=1, timeout=30)
        assert transaction.run("RETURN 2 AS x").single(strict=True)["x"] == 2


# Each layer alone: what the one before would have refused, sent past it.


@pytest.mark.parametrize("off", ["check_text", "_check_explained", "READ_ACCESS"])
def test_with_a_layer_off_the_others_refuse_every_attack(
    clean_graph: Connection, monkeypatch: pytest.MonkeyPatch, off: str
) -> None:
    """The words, the plan, and the mode of the session."""
    monkeypatch.setattr(f"graph.store.guard.{off}", "WRITE" if off == "READ_ACCESS" else lambda *_: None)
    before = graph_digest(clean_graph)
    passed = []
    for attack in ATTACKS:
        try:
            run_guarded(clean_graph, attack, {}, limit=10, timeout=5)
        except (QueryError, StoreError):
            continue
        passed.append(attack)
    # Without their plan, EXPLAIN tells of queries that it does not run.
    explained = [attack for attack in passed if attack.startswith("EXPLAIN")] if off == "_check_explained" else []
    assert passed == explained
    assert graph_digest(clean_graph) == before


def test_without_the_plan_check_the_read_session_refuses_writes(connection: Connection) -> None:
    for attack in WRITES[:8]:
        with connection.session(READ_ACCESS) as session, pytest.raises(Neo4jError) as caught:
            session.run(neo4j.Query(attack)).consume()  # type: ignore[arg-type]
        assert "access mode" in str(caught.value).lower() or "read" in str(caught.value).lower(), attack


def test_without_read_mode_the_plan_check_refuses(connection: Connection) -> None:
    for attack in (REACHES[0], "SHOW TRANSACTIONS", "CALL dbms.listConfig()", "SHOW SETTINGS"):
        with connection.session() as session, session.begin_transaction() as transaction:
            summary = transaction.run("EXPLAIN " + attack).consume()  # type: ignore[operator]
        if summary.query_type == "r":
            with pytest.raises(QueryError):
                check_plan(summary.plan or {})


def test_past_both_the_server_reads_no_file(connection: Connection) -> None:
    with pytest.raises((QueryError, StoreError)):
        connection.read("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
    with pytest.raises((QueryError, StoreError)):
        connection.read("LOAD CSV FROM 'file:///../../../../etc/passwd' AS line RETURN line")


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x.csv", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_past_both_the_server_asks_no_address(connection: Connection, web: tuple[str, list[str]]) -> None:
    address, asked = web
    with pytest.raises((QueryError, StoreError)):
        connection.read(f"LOAD CSV FROM '{address}' AS line RETURN line")
    assert asked == []


def test_planning_is_not_waited_for_longer_than_the_timeout(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the check of the text; the server looks at no clock while it plans this for seconds."""
    monkeypatch.setattr("graph.store.guard.check_text", lambda *_: None)
    monkeypatch.setattr("graph.store.guard._GRACE", 0.1)
    nested = "MATCH (n) WHERE " + "EXISTS { MATCH (n) WHERE " * 19 + "true" + "}" * 19 + " RETURN n"
    begun = time.monotonic()
    with pytest.raises(StoreError, match="too long"):
        run_guarded(connection, nested, {}, limit=1, timeout=0.5)
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("query", ["SHOW USERS", "SHOW DATABASES", "EXPLAIN SHOW USERS", "DROP DATABASE neo4j"])
def test_administration_is_refused_by_its_name(connection: Connection, query: str) -> None:
    with pytest.raises(QueryError, match=r"administers Neo4j|it does SHOW"):
        run_guarded(connection, query, {}, limit=1, timeout=5)


def test_nothing_is_tried_again(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    original = neo4j.Session.begin_transaction

    def count(session: neo4j.Session, *args: Any, **kwargs: Any) -> Any:
        begun.append(1)
        return original(session, *args, **kwargs)

    monkeypatch.setattr(neo4j.Session, "begin_transaction", count)
    with pytest.raises(StoreError):
        run_guarded(
            connection, "UNWIND range(1, 50000000) AS x WITH collect(x) AS xs RETURN size(xs)", {}, limit=1, timeout=30
        )
    assert len(begun) == 2
