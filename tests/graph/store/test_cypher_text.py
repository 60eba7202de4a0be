"""What hides in expressions, names and nesting: the text is looked at, the plan's details too, each by itself."""

from __future__ import annotations

import pytest

from graph.errors import QueryError
from graph.queries import Catalogue
from graph.queries.expand import answer_text
from graph.store.connection import Connection
from graph.store.cypher_text import MAX_LENGTH, check_text
from graph.store.guard import ALLOWED_PROCEDURES, check_plan, run_guarded

_HIDING_PLACES = [
    "RETURN [i IN range(1, 2) | COLLECT {{ {0} }}] AS x",
    "RETURN CASE WHEN rand() < 2 THEN COLLECT {{ {0} }} ELSE [] END AS x",
    "RETURN reduce(a = 0, i IN range(1, 2) | a + size(COLLECT {{ {0} }})) AS x",
    "UNWIND [1] AS n WITH n WHERE any(i IN [1] WHERE EXISTS {{ {0} }}) RETURN n",
    "RETURN {{a: [i IN [1] | COUNT {{ {0} }}]}} AS x",
]
_HIDDEN = [
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "CALL db.info() YIELD name RETURN name",
    "CALL dbms.listConfig() YIELD name RETURN name",
]


@pytest.mark.parametrize("hidden", _HIDDEN)
@pytest.mark.parametrize("place", _HIDING_PLACES)
def test_what_hides_in_an_expression_is_refused_by_text_and_by_plan(
    connection: Connection, place: str, hidden: str
) -> None:
    attack = place.format(hidden)
    with pytest.raises(QueryError, match=r"LOAD CSV|procedure db"):
        check_text(attack, ALLOWED_PROCEDURES)
    with connection.session("READ") as session, session.begin_transaction() as transaction:
        plan = transaction.run("EXPLAIN " + attack).consume().plan
    with pytest.raises(QueryError, match=r"LOAD CSV|procedure db"):
        check_plan(plan or {})


@pytest.mark.parametrize(
    "attack",
    [
        "load/**/csv FROM 'http://127.0.0.1/' AS l RETURN l",
        "LOAD // x\rCSV FROM 'file:///etc/passwd' AS l RETURN l",
        "LOAD C\u017fV FROM 'file:///etc/passwd' AS l RETURN l",
        "RETURN '\\'' AS x, \"'\" AS y, [i IN [1] | COUNT { LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l }] AS z",
        "RETURN '\\\\' AS x, [i IN [1] | COUNT { LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l }] AS z, '\\\\' AS y",
        "RETURN 1 AS `'`, [i IN [1] | COUNT { LOAD CSV FROM 'file:///x' AS l RETURN l }] AS `'b`",
        "RETURN 1 AS `a``'`, [i IN [1] | COUNT { LOAD CSV FROM 'file:///x' AS l RETURN l }] AS `b'`",
        "RETURN '/*' AS x, [i IN [1] | COUNT { LOAD CSV FROM 'file:///x' AS l RETURN l }] AS y, '*/' AS z",
        "RETURN '//' AS x, [i IN [1] | COUNT { LOAD CSV FROM 'file:///x' AS l RETURN l }] AS y",
        "CALL/**/dbms/**/./**/components()",
        "CALL `apoc`.`load`.`json`('file:///etc/passwd')",
        "CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value",
        "OPTIONAL CALL apoc.load.xml('http://127.0.0.1/') YIELD value RETURN value",
        "RETURN apoc.cypher.runFirstColumnSingle('LOAD CSV FROM $f AS l RETURN l', {f: 'file:///etc/passwd'}) AS x",
        "RETURN `apoc`/* x */.`util` . sha256(['a']) AS x",
        "RETURN genai.vector.encode('text', 'OpenAI', {token: 'x'}) AS x",
        "RETURN custom.date.truncate('day') AS x",
        "RETURN 'a\\u0027 AS x, apoc.util.sleep(1) AS y //'",
        "WITH 1 AS as CALL dbms.listConfig YIELD name RETURN name",
        "RETURN [x IN [1] | COLLECT { WITH 1 AS as CALL dbms.listConfig YIELD name RETURN name }] AS r",
        "MATCH (n) WITH n.as AS x, n ORDER BY n.as CALL db.info YIELD name RETURN name",
        "MATCH (n) WHERE 1 < 2. CALL dbms.listConfig YIELD name RETURN name",
        "RETURN [x IN [1] | EXISTS { WITH 1 AS y WHERE 1 < 2. CALL dbms.listConnections YIELD username }] AS r",
    ],
)
def test_tricks_with_words_are_refused_before_anything_is_sent(attack: str) -> None:
    with pytest.raises(QueryError, match=r"LOAD CSV|not allowed here|escapes"):
        check_text(attack, ALLOWED_PROCEDURES)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("RETURN 'CALL apoc.load.json(1) LOAD CSV' AS x", [{"x": "CALL apoc.load.json(1) LOAD CSV"}]),
        ("// LOAD CSV, CALL apoc.x()\nRETURN 1 /* CALL dbms.x() */ AS x", [{"x": 1}]),
        ("RETURN 1 AS `LOAD CSV`, 2 AS `apoc.x`", [{"LOAD CSV": 1, "apoc.x": 2}]),
        ("RETURN date.truncate('year', date('2024-05-06')) AS x", [{"x": "2024-01-01"}]),
        ("RETURN duration.inDays(date('2024-01-01'), date('2024-01-03')).days AS x", [{"x": 2}]),
        ("WITH {a: {b: 1}} AS call RETURN call.a.b AS x", [{"x": 1}]),
        ("WITH {load: 1} AS m CALL (m) { RETURN m.load AS x } RETURN x", [{"x": 1}]),
        ("CALL db.labels() YIELD label WITH count(label) AS n RETURN n >= 0 AS x", [{"x": True}]),
        ("WITH 1 AS call, 2 AS b RETURN call, b", [{"call": 1, "b": 2}]),
        ("RETURN " + "(" * 90 + "1" + ")" * 90 + " AS x", [{"x": 1}]),
    ],
)
def test_reads_with_suspicious_words_are_not_refused(
    connection: Connection, query: str, rows: list[dict[str, object]]
) -> None:
    assert run_guarded(connection, query, {}, limit=10, timeout=10).rows == rows


@pytest.mark.parametrize(
    "query",
    [
        "RETURN " + "(" * 400 + "1" + ")" * 400 + " AS x",
        "RETURN " + "[" * 400 + "]" * 400 + " AS x",
        "RETURN " + "NOT " * 500 + "true AS x",
        "MATCH (n:" + "! " * 5000 + "A) RETURN n",
        "RETURN " + "1, " * MAX_LENGTH + "1",
    ],
    ids=["brackets", "lists", "not", "labels", "long"],
)
def test_nesting_that_would_hang_the_connection_is_refused(connection: Connection, query: str) -> None:
    with pytest.raises(QueryError, match=r"nested too deeply|characters"):
        run_guarded(connection, query, {}, limit=1, timeout=5)


_LARGE = {
    "subqueries": "MATCH (n) WHERE " + "EXISTS { MATCH (n) WHERE " * 24 + "true" + "}" * 24 + " RETURN n",
    "subqueries with names": "CALL (x) { WITH x " * 9 + "RETURN 1 AS y" + "} RETURN y" * 9,
    "dots": "WITH {a: 1} AS n RETURN n" + ".a" * 9500 + " AS x",
    "indexes": "WITH [1] AS n RETURN n" + "[0]" * 5000 + " AS x",
    "sums": "RETURN " + "+".join(["1"] * 9500) + " AS x",
    "alternatives": "MATCH (n) WHERE " + " OR ".join(["n.x = 1"] * 1000) + " RETURN n",
    "labels": "MATCH (n:" + "|".join(["A"] * 1000) + ") RETURN n",
    "path": "MATCH (a)" + "--()" * 200 + " RETURN 1",
    "clauses": "WITH 1 AS x " * 1600 + "RETURN x",
    "unions": "RETURN 1 AS x" + " UNION RETURN 1 AS x" * 900,
}


@pytest.mark.parametrize("query", list(_LARGE.values()), ids=list(_LARGE))
def test_what_takes_long_to_plan_is_refused_before_anything_is_sent(query: str) -> None:
    with pytest.raises(QueryError, match=r"more than \d+ (subqueries|operators|clauses)"):
        check_text(query, ALLOWED_PROCEDURES)


def test_named_queries_are_within_the_limits() -> None:
    catalogue = Catalogue()
    assert len(list(catalogue)) > 10
    for query in catalogue:
        check_text(answer_text(query), ALLOWED_PROCEDURES)


def test_a_plan_as_deep_as_the_limits_allow_is_read_and_written(connection: Connection) -> None:
    deep = "WITH 1 AS x " * 140 + "RETURN x"
    assert run_guarded(connection, deep, {}, limit=1, timeout=10).rows == [{"x": 1}]
    with pytest.raises(QueryError, match="too deep to be shown"):
        run_guarded(connection, f"EXPLAIN {deep}", {}, limit=1, timeout=10)
    shown = run_guarded(connection, f"EXPLAIN {'WITH 1 AS x ' * 60}RETURN x", {}, limit=1, timeout=10)
    assert shown.model_dump_json().count('"operator"') > 60


def test_a_plan_of_any_depth_is_looked_at() -> None:
    plan: dict[str, object] = {"operatorType": "LoadCSV@neo4j"}
    for _ in range(5000):
        plan = {"operatorType": "Projection@neo4j", "children": [plan]}
    with pytest.raises(QueryError, match="LoadCSV"):
        check_plan(plan)


@pytest.mark.parametrize("words", ["NOT " * 500 + "true", "(" * 400 + "true" + ")" * 400, "true" + " AND true" * 2000])
def test_past_the_check_our_server_reads_deep_queries(connection: Connection, words: str) -> None:
    assert connection.read(f"RETURN {words} AS x") == [{"x": True}]


def test_another_database_is_refused(connection: Connection) -> None:
    with connection.session("READ") as session, session.begin_transaction() as transaction:
        plan = transaction.run("EXPLAIN USE neo4j MATCH (n) RETURN n").consume().plan or {}
    check_plan(plan, database="neo4j")
    with pytest.raises(QueryError, match="another database"):
        check_plan(plan, database="other")


@pytest.mark.parametrize("value", [{1, 2}, 2**70, object()])
def test_a_parameter_that_cannot_be_sent_is_told(connection: Connection, value: object) -> None:
    with pytest.raises(QueryError, match="parameter"):
        run_guarded(connection, "RETURN $x AS x", {"x": value}, limit=1, timeout=5)
