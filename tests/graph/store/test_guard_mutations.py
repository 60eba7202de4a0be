"""Mutated queries: whatever is made of a write, the graph stays as it is; and what only reads is not refused.

What a read is worth without the guard is what Neo4j itself says in a session that may only read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from neo4j import READ_ACCESS
from neo4j.exceptions import Neo4jError

from attacks import ADMINISTERS, REACHES, TRICKS, WRITES
from graph.errors import InquiryError
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.guard import run_guarded
from graph.store.plain import as_plain
from mutations import mutated

FACTS = """\
document: {id: document:d, title: D, form: report, published: 2024, publisher: body:c}
says:
  - {entity: body:c, at: p, name: Example Council}
  - {entity: body:e, at: p, name: Other Council, part_of: body:c}
"""
READS = [
    "MATCH (b:Body) RETURN b.name AS name ORDER BY name",
    "MATCH (d:Document)-[r:PUBLISHED_BY]->(b) WHERE b.name STARTS WITH 'Example' RETURN d.id AS id, type(r) AS type",
    "MATCH (b:Body) WHERE b.name CONTAINS 'CALL db.x() LOAD CSV' OR b.name IS NOT NULL RETURN count(*) AS n",
    "MATCH p = (:Document)-->(:Body) RETURN length(p) AS n, [x IN nodes(p) | x.id] AS ids",
    "OPTIONAL MATCH (n:Body {id: 'body:none'}) RETURN coalesce(n.name, 'CREATE (n)') AS name",
    "UNWIND [1, 2, 3] AS x WITH x WHERE x > 1 RETURN collect(x) AS create, sum(x) AS set",
    "MATCH (b:Body) RETURN b.id AS id, COUNT { (b)--() } AS n, EXISTS { (b)<--(:Document) } AS has ORDER BY id",
    "WITH {load: 1, csv: [2]} AS call RETURN call.load AS delete, call.csv[0] AS merge",
    "RETURN date.truncate('month', date('2024-05-06')) AS d, toUpper('show users') AS t, size(split('a;b', ';')) AS n",
    "CALL db.labels() YIELD label WITH label ORDER BY label LIMIT 1 RETURN label",
    "MATCH (b:Body) CALL (b) { RETURN b.name AS name UNION RETURN b.id AS name } RETURN name ORDER BY name LIMIT 2",
    "RETURN reduce(a = 0, x IN range(1, 5) | a + x) AS n, CASE WHEN true THEN 'SET' ELSE 'REMOVE' END AS w",
    "MATCH (b:Body|Document) WHERE NOT b:Body RETURN b.id AS terminate, 1 AS show",
]
QUICK = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
}


@pytest.fixture
def loaded(load_facts: Callable[..., Any], connection: Connection) -> Connection:
    load_facts(FACTS)
    return connection


def state_of(connection: Connection) -> tuple[str, Any]:
    """All there is in the graph, and its indexes and constraints."""
    names = connection.execute("SHOW INDEXES YIELD name RETURN collect(name) AS names").rows
    return graph_digest(connection), sorted(names[0]["names"])


def write_never_passes(connection: Connection, before: tuple[str, Any], text: str) -> None:
    try:
        result = run_guarded(connection, text, {}, limit=10, timeout=5)
        told = str(result.rows)
        event("harmless")
    except InquiryError as error:
        told = error.message
        event("refused")
    assert not any(word in told for word in ("java.", "\tat ", "root:x:"))
    assert state_of(connection) == before, text


def read_is_not_refused(connection: Connection, text: str) -> None:
    try:
        with connection.session(READ_ACCESS) as session, session.begin_transaction(timeout=5) as transaction:
            found = transaction.run(text)  # type: ignore[arg-type]
            rows = [{name: as_plain(record[name]) for name in found.keys()} for record in found]  # noqa: SIM118
            summary = found.consume()
    except Neo4jError:
        event("no query")
        with pytest.raises(InquiryError):
            run_guarded(connection, text, {}, limit=1_000, timeout=5)
        return
    # What the guard refuses with a reason of its own.
    assume(summary.query_type == "r" and "\\u" not in text)
    result = run_guarded(connection, text, {}, limit=1_000, timeout=5)
    if summary.plan is not None and summary.profile is None:
        event("explained")
        return
    event("read")
    assert sorted(map(repr, result.rows)) == sorted(map(repr, rows)), text


@settings(max_examples=120, **QUICK)  # type: ignore[arg-type]
@given(text=mutated([*WRITES, *REACHES, *ADMINISTERS, *TRICKS], most=6))
def test_a_write_never_passes(loaded: Connection, text: str) -> None:
    write_never_passes(loaded, state_of(loaded), text)


@settings(max_examples=120, **QUICK)  # type: ignore[arg-type]
@given(text=mutated(READS, most=3))
def test_a_read_is_never_refused(loaded: Connection, text: str) -> None:
    read_is_not_refused(loaded, text)


@pytest.mark.soak
@settings(max_examples=5_000, **QUICK)  # type: ignore[arg-type]
@given(text=mutated([*WRITES, *REACHES, *ADMINISTERS, *TRICKS], most=6))
def test_a_write_never_passes_at_length(loaded: Connection, text: str) -> None:
    write_never_passes(loaded, state_of(loaded), text)


@pytest.mark.soak
@settings(max_examples=5_000, **QUICK)  # type: ignore[arg-type]
@given(text=mutated(READS, most=3))
def test_a_read_is_never_refused_at_length(loaded: Connection, text: str) -> None:
    read_is_not_refused(loaded, text)
