"""Names instead of ids, searches, parameters, limits and what every answer says of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph.errors import AmbiguousName, QueryError
from graph.queries import Catalogue, Times, compose, find_entity
from graph.queries.definition import read_query
from graph.queries.expand import answer_text, count_text, left_out_text
from graph.queries.parameters import read_parameters
from graph.queries.search import escape_lucene, search_entities
from graph.schema.moments import plain_moment, read_moment
from graph.store.connection import Connection

FACTS = """\
document: {id: document:register, title: Register, form: dataset, published: 2026-06-01}
says:
  - entity: body:old
    at: row 1
    name: {value: Ministry of Examples, until: 2018-01-08}
    other_name: MoE
  - entity: body:new
    at: row 2
    name: {value: Ministry of Examples, from: 2020-01-01}
  - entity: body:fire
    at: row 3
    name: Fire & Rescue Authority
    summary: It deals with fires.
  - entity: inquiry:i
    at: row 4
    name: An inquiry
    produced: document:register
"""


@pytest.fixture(autouse=True)
def _loaded(load_facts: Callable[..., Any], connection: Connection) -> None:
    load_facts(
        FACTS + "".join(f"  - {{entity: topic:t{n}, at: row {n + 10}, name: Topic {n:03}}}\n" for n in range(60))
    )
    connection.execute("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def test_an_id_or_a_name_or_another_name_will_do(connection: Connection) -> None:
    assert find_entity(connection, "body:fire") == "body:fire"
    assert find_entity(connection, "fire and rescue authority") == "body:fire"
    assert find_entity(connection, "MoE", ("Body",)) == "body:old"


def test_a_name_is_looked_up_at_its_date(connection: Connection) -> None:
    assert find_entity(connection, "Ministry of Examples", on=date(2015, 1, 1)) == "body:old"
    assert find_entity(connection, "Ministry of Examples", on=date(2024, 1, 1)) == "body:new"
    with pytest.raises(AmbiguousName) as caught:
        find_entity(connection, "Ministry of Examples")
    assert [candidate[0] for candidate in caught.value.candidates] == ["body:new", "body:old"]


def test_an_unknown_name_gets_the_nearest_ones(connection: Connection) -> None:
    with pytest.raises(AmbiguousName, match="no Body is called 'Fire and Rescu Autority'") as caught:
        find_entity(connection, "Fire and Rescu Autority", ("Body",))
    assert caught.value.candidates[0][0] == "body:fire"


def candidates_for(connection: Connection, wanted: str, kinds: tuple[str, ...] = ()) -> tuple[list[str], str | None]:
    with pytest.raises(AmbiguousName) as caught:
        find_entity(connection, wanted, kinds)
    return [candidate[0] for candidate in caught.value.candidates], caught.value.hint


def test_what_is_suggested_is_like_the_id_or_the_name(connection: Connection) -> None:
    # "It deals with fires", says the summary of another.
    assert candidates_for(connection, "body:it-deals-with") == ([], "look with `inquiry search`")
    suggested = "take one of these, or look with `inquiry search`"
    assert candidates_for(connection, "body:fires") == (["body:fire"], suggested)
    assert candidates_for(connection, "body:fire-nonsense") == (["body:fire"], suggested)
    assert candidates_for(connection, "Ministry of Exampels") == (["body:new", "body:old"], suggested)
    assert candidates_for(connection, "Authority") == (["body:fire"], suggested)


def test_a_name_of_another_kind_is_told(connection: Connection) -> None:
    with pytest.raises(AmbiguousName) as caught:
        find_entity(connection, "An inquiry", ("Body",))
    error = caught.value
    assert (error.message, error.candidates, error.hint) == (
        "no Body is called 'An inquiry', but an Inquiry is",
        [("inquiry:i", "An inquiry", "Inquiry")],
        "give a Body",
    )


def test_a_search_of_one_kind_finds_what_stands_behind_others(connection: Connection) -> None:
    assert [row["id"] for row in search_entities(connection, "register topic", limit=1, kinds=("Document",))] == [
        "document:register"
    ]


@pytest.mark.parametrize(
    "text",
    [
        '+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /',
        "name:*",
        "*:*",
        "fire AND",
        "NOT fire",
        "fire OR",
        "[a TO z]",
        "/.*/",
        "fire^9999999999",
        "fire~",
        '"unclosed',
        "(((",
        "x" * 10_000,
        "\\",
        "",
        "   ",
    ],
)
def test_the_syntax_of_lucene_is_text(connection: Connection, text: str) -> None:
    rows = search_entities(connection, text)
    assert len(rows) <= 25
    if "fire" not in text:
        assert "body:fire" not in {row["id"] for row in rows}


def test_everything_lucene_takes_for_an_operator_is_escaped() -> None:
    assert escape_lucene("a:b AND (c)") == "a\\:b and \\(c\\)"


def test_typing_errors_are_forgiven(connection: Connection) -> None:
    assert search_entities(connection, "resuce authorty")[0]["id"] == "body:fire"


@pytest.mark.parametrize("query", list(Catalogue()), ids=lambda query: query.name)
def test_every_query_and_what_can_be_pasted_is_cypher_that_only_reads(connection: Connection, query: Any) -> None:
    names = [parameter.name for parameter in query.parameters]
    parameters = dict.fromkeys([*names, "valid_at", "known_at", "recorded_at", "include_unchecked", "limit", "skip"])
    for text in (answer_text(query), count_text(query), left_out_text(query)):
        assert "live(" not in text
        assert "disagree(" not in text
        with connection.session() as session:
            summary = session.run("EXPLAIN " + text, {**parameters, "limit": 1, "skip": 0}).consume()  # type: ignore[operator]
        assert summary.query_type == "r"
    pasted = compose(query)
    assert pasted.startswith(f"// {query.question}\n")
    assert all(f":param {name} => " in pasted for name in parameters)


@pytest.mark.parametrize("query", list(Catalogue()), ids=lambda query: query.name)
def test_every_query_answers_an_empty_question_without_a_fault(ask_query: Callable[..., Any], query: Any) -> None:
    some = {"Inquiry": "inquiry:i", "Document": "document:register", "entity": "body:fire"}
    given = {}
    for parameter in query.parameters:
        if parameter.required:
            kind = parameter.type.split("|")[0]
            given[parameter.name] = some.get(kind, "body:fire") if parameter.is_entity else "name"
    if query.needs_one_of:
        given |= {"body": "body:fire"} if "body" in query.needs_one_of else {"inquiry": "inquiry:i"}
    if query.name in {"recommendation-trail", "recommendation-responses", "in-office-when"}:
        with pytest.raises(AmbiguousName):
            ask_query(query.name, **given)
        return
    answer = ask_query(query.name, **given)
    assert answer.limit == 1000
    assert answer.total["relation"] == "eq"


def test_predicates_are_those_of_the_schema(ask_query: Callable[..., Any]) -> None:
    assert ask_query("why", subject="inquiry:i", predicate="produced").parameters["predicate"] == "PRODUCED"
    assert ask_query("why", subject="body:fire", predicate="summary").rows[0]["says"] == "It deals with fires."
    with pytest.raises(QueryError, match="there is no property or relationship 'valu'") as caught:
        ask_query("why", subject="body:fire", predicate="valu")
    assert caught.value.hint == "did you mean `value`?"


def test_a_parameter_of_few_words_takes_one_of_them(ask_query: Callable[..., Any]) -> None:
    assert ask_query("recommendations", position="accepted").parameters["position"] == "accepted"
    assert ask_query("entity-relationships", entity="body:fire", direction="backward").rows == []
    with pytest.raises(QueryError, match="`position` does not take 'acepted'") as caught:
        ask_query("recommendations", position="acepted")
    assert (caught.value.hint, caught.value.parameter) == ("did you mean `accepted`?", "position")


def test_one_of_several_parameters_is_needed(ask_query: Callable[..., Any]) -> None:
    with pytest.raises(QueryError, match="`office-holders` needs `office` or `body`") as caught:
        ask_query("office-holders")
    assert caught.value.hint == "add --office … or --body …"


def test_what_is_pasted_has_the_values_that_were_given(connection: Connection) -> None:
    query = Catalogue()["office-holders"]
    values = read_parameters(connection, query, {"body": "Fire & Rescue Authority", "from": "2020-01-01"})
    times = Times.read("2021-02-03", None, "2026-01-02T10:00:00Z")
    pasted = compose(query, values, times=times, include_unchecked=True, limit=7)
    assert pasted.splitlines()[1:11] == [
        ":param office => null;",
        ':param body => "body:fire";',
        ":param from => date('2020-01-01');",
        ":param until => null;",
        ":param include_unchecked => true;",
        ":param limit => 7;",
        ":param skip => 0;",
        ":param valid_at => date('2021-02-03');",
        ":param known_at => date('9999-12-31');",
        ":param recorded_at => datetime('2026-01-02T10:00:00.999999999+00:00');",
    ]


def test_what_is_pasted_says_what_is_to_be_filled_in() -> None:
    assert compose(Catalogue()["recommendation-targets"]).splitlines()[1:3] == [
        "// Fill in: the inquiry, by id or name",
        "// :param inquiry => 'inquiry:…';",
    ]
    assert ":param most => 3;" in compose(Catalogue()["paths"])
    assert "// :param body => 'body:…';" in compose(Catalogue()["office-holders"])


def test_literals_that_are_pasted_mean_what_was_given(connection: Connection) -> None:
    query = read_query(
        "mine", "// What?\n// parameter x: text - it\nRETURN [] AS claims\nORDER BY claims", "mine.cypher"
    )
    for text in ('a "quoted" text', "back\\slash", "new\nline", "ü – 🙂", "'; MATCH (n) DETACH DELETE n //"):
        line = compose(query, {"x": text}).splitlines()[1]
        literal = line.removeprefix(":param x => ").removesuffix(";")
        assert connection.read(f"RETURN {literal} AS x") == [{"x": text}]


def test_a_second_that_is_printed_can_be_asked_about() -> None:
    assert plain_moment("2026-01-01T12:00:00.836291Z[UTC]") == "2026-01-01T12:00:00Z"
    assert read_moment("2026-01-01T12:00:00Z") == datetime(2026, 1, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    assert read_moment("2026-01-01T12:00:00.5") == datetime(2026, 1, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    assert read_moment("2026-01-01") == datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=UTC)


def test_a_limit_is_kept_and_the_total_told(ask_query: Callable[..., Any]) -> None:
    whole = ask_query("document-impact", document="document:register")
    assert (whole.truncated, whole.total["value"]) == (False, len(whole.rows))
    part = ask_query("document-impact", document="document:register", limit=7)
    assert part.rows == whole.rows[:7]
    assert (part.truncated, part.total, part.limit) == (True, whole.total, 7)


def test_an_answer_says_what_is_loaded_and_which_times_hold(ask_query: Callable[..., Any]) -> None:
    answer = ask_query("office-holders", office=None, body="body:fire", valid_at="2020-05-05", known_at="2021-01-01")
    assert answer.times == {"valid_at": "2020-05-05", "known_at": "2021-01-01", "recorded_at": None}
    assert answer.loaded["documents"] == 1
    assert [source["source"] for source in answer.loaded["sources"]] == ["facts.yaml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MATCH (n) RETURN n AS n, [] AS claims\nORDER BY n", "does not say what it answers"),
        ("// What?\nMATCH (n) RETURN n", "no final RETURN with an ORDER BY"),
        (
            "// What?\n// column n: entity - it\nMATCH (n)\nRETURN n.id AS m, [] AS claims\nORDER BY m",
            "declared as n, claims but returned as m",
        ),
        ("// What?\n// column n: thing - it\nRETURN 1 AS n, [] AS claims\nORDER BY n", "unknown type `thing`"),
        (
            "// What?\n// needs one of: x, y\nRETURN 1 AS n, [] AS claims\nORDER BY n",
            "`needs one of` names `x`, which is no parameter",
        ),
        (
            "// What?\n// parameter x: boolean, default no, needs y - it\nRETURN 1 AS n, [] AS claims\nORDER BY n",
            "`x needs` names `y`, which is no parameter",
        ),
        ("// What?\n// needs one of x\nRETURN 1 AS n, [] AS claims\nORDER BY n", "this line cannot be read"),
        ("// What?\n// parameter x - y\nRETURN 1 AS n, [] AS claims\nORDER BY n", "this line cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_named_query_is_explained(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_query("mine", text, "mine.cypher")
    assert message in caught.value.message
    assert caught.value.where == "mine.cypher"
