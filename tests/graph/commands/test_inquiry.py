"""The command as people type it: the installed `inquiry` in a process of its own, on the server of the test run."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.store.connection import Connection

FACTS = """\
document: {id: document:report, title: A report, form: report, published: 2024-03-01, url: "https://example.org/report"}
says:
  - entity: inquiry:first
    at: cover
    name: First inquiry
    produced: document:report
  - entity: body:council
    at: page 1
    anchor: the council of Example
    kind: Council
    name: Example Council
    other_name: =HYPERLINK
  - entity: body:council-two
    at: page 1
    name: Second Council
    other_name: The Council
  - entity: body:council-three
    at: page 1
    name: Third Council
    other_name: The Council
  - entity: recommendation:r-1
    at: page 2
    anchor: should publish the figures
    number: "1"
    name: Publish the figures
    made_in: document:report
    targets: {to: body:council, role: must_act}
"""

Inquiry = Callable[..., subprocess.CompletedProcess[str]]


def test_without_arguments_it_says_what_it_can_do(inquiry: Inquiry) -> None:
    result = inquiry("--help")
    assert result.returncode == 0
    for name in ("up", "down", "status", "logs", "browser", "load", "loads", "ask", "cypher", "show", "search", "check",
                 "schema", "backup", "restore", "demo"):  # fmt: skip
        assert f" {name} " in result.stdout


def test_status_tells_where_things_are(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    result = inquiry("status", "--json")
    status = json.loads(result.stdout)
    assert list(status) == [
        "running",
        "uri",
        "user",
        "password_file",
        "version",
        "browser",
        "data",
        "loaded",
        "restoring",
    ]
    assert (status["running"], status["user"], status["loaded"]["documents"]) == (True, "neo4j", 1)
    assert Path(status["password_file"]).stat().st_mode & 0o777 == 0o600


def test_load_ask_show_search(inquiry: Inquiry, clean_graph: Connection, tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(FACTS)
    dry = inquiry("load", "facts.yaml", "--dry-run")
    assert (dry.returncode, dry.stderr.strip()) == (0, "Nothing was changed.")
    assert "new, 0 unchanged, 0 to be closed" in dry.stdout
    assert clean_graph.read("MATCH (n:Claim) RETURN count(n) AS n")[0]["n"] == 0
    first = inquiry("load", "facts.yaml", "--json")
    assert json.loads(first.stdout)["loads"][0]["outcome"] == "loaded"
    assert json.loads(inquiry("load", "facts.yaml", "--json").stdout)["loads"][0]["outcome"] == "unchanged"
    assert "facts.yaml" in inquiry("loads").stdout
    answer = json.loads(inquiry("ask", "recommendation-targets", "--inquiry", "First inquiry", "--json").stdout)
    assert list(answer) == [
        "query", "parameters", "times", "rows", "total", "limit", "truncated", "left_out", "loaded",
    ]  # fmt: skip
    assert list(answer["times"]) == ["valid_at", "known_at", "recorded_at"]
    assert answer["total"] == {"value": 1, "relation": "eq"}
    evidence = answer["rows"][0]["evidence"][0]
    assert {
        "document": "document:report",
        "title": "A report",
        "url": "https://example.org/report",
        "locator": "page 2",
        "anchor": "should publish the figures",
        "said_by": None,
        "method": "curated",
        "review": "checked",
        "predicate": "TARGETS",
    }.items() <= evidence.items()
    table = inquiry("ask", "recommendation-targets", "--inquiry=inquiry:first").stdout
    assert "Example Council" in table
    assert "1  A report, page 2: “should publish the figures”. https://example.org/report" in table
    shown = inquiry("show", "Example Council").stdout
    assert "body:council" in shown
    assert "is a target of" in shown
    found = inquiry("search", "Exmple Counci").stdout
    assert "body:council " in found


def test_csv_is_inert_in_a_spreadsheet(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    result = inquiry("ask", "document-impact", "--document", "document:report", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {"'=HYPERLINK"} == {row["says"] for row in rows if "HYPERLINK" in row["says"]}


def test_several_candidates_are_listed_and_not_guessed(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    result = inquiry("ask", "timeline", "--entity", "the council")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "'the council' fits 2 entities",
        "    body:council-three  Third Council (Body)",
        "    body:council-two  Second Council (Body)",
        "    give the id of the one you mean",
    ]


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ["ask", "recommendation-target"],
            "there is no named query `recommendation-target`",
            "did you mean `recommendation-targets`?",
        ),
        (["ask", "recommendation-targets"], "`recommendation-targets` needs `inquiry`", "add --inquiry"),
        (["ask", "office-holders"], "`office-holders` needs `office` or `body`", "add --office … or --body …"),
        (
            ["ask", "why", "--subject", "body:council", "--predicate", "valu"],
            "there is no property or relationship 'valu'",
            "did you mean `value`?",
        ),
        (["ask", "decision-reversals", "--bdy", "x"], "has no parameter `bdy`", "did you mean `--body`?"),
        (["ask", "decision-reversals", "--zzz", "x"], "has no parameter `zzz`", "it takes --body"),
        (
            ["ask", "decision-reversals", "--valid_at", "2024-01-01"],
            "no parameter `valid_at`",
            "did you mean `--valid-at`?",
        ),
        (["ask", "--valid_at", "2024-01-01"], "there is no option `--valid_at`", "did you mean `--valid-at`?"),
        (["ask", "--zzz", "x"], "there is no option `--zzz`", "name the query first: inquiry ask NAME"),
        (["ask", "decision-reversals", "--council", "x"], "has no parameter `council`", "did you mean `--body`?"),
        (["ask", "decision-reversals", "stray"], "'stray' stands alone", "--name value"),
        (["ask", "decision-reversals", "--body"], "--body has no value", "--body VALUE"),
        (
            ["ask", "timeline", "--entity", "body:council", "--from", "soon"],
            "`from` takes a date as YYYY-MM-DD, not 'soon'",
            "",
        ),
        (["ask", "timeline", "--entity", "inquiry:none"], "no entity is called 'inquiry:none'", ""),
        (["ask", "body-succession", "--body", "inquiry:first"], "inquiry:first is an Inquiry, not a Body", ""),
        (
            ["ask", "body-succession", "--body", "First inquiry"],
            "called 'First inquiry', but an Inquiry is",
            "give a Body",
        ),
        (
            ["search", "Council", "--kind", "Bdy"],
            "there is no kind 'Bdy'",
            "did you mean `Body`? the kinds are Body, Group",
        ),
        (["search", "Council", "--kind", "council"], "council is not a kind, but one of a Body", "write --kind Body"),
        (["search", ""], "there is nothing to search for", "give a text"),
        (["search", "?!"], "there is nothing to search for", "give a text"),
        (["ask", "disputed-claims", "--valid-at", "2024-02-30"], "there is no day 2024-02-30", "calendar"),
        (["ask", "disputed-claims", "--known-at", "2024"], "--known-at takes a day, not 2024", "YYYY-MM-DD"),
        (["ask", "disputed-claims", "--recorded-at", "noon"], "takes a day or a moment", ""),
        (["ask", "disputed-claims", "--json", "--csv"], "--json and --csv are both given", "choose one"),
        (["cypher", "CREATE (n)"], "only queries that read are run here", "inquiry browser"),
        (["cypher", "MATCH (n"], "Invalid input", ""),
        (["cypher", "RETURN $x", "-p", "x"], "--parameter x has no value", "name=value"),
        (["load", "no-such-seed"], "there is no seed and no file `no-such-seed`", "the seeds are"),
        (["load", "nothing.yaml"], "nothing.yaml: the file cannot be read", ""),
        (["check", "--graph", "x.yaml"], "--graph checks the graph, not files", ""),
        (["restore", "none.gz"], "none.gz: the backup cannot be read", "another copy"),
    ],
)
def test_mistakes_get_one_line_and_a_hint(
    inquiry: Inquiry, load_facts: Callable[..., Any], arguments: list[str], message: str, hint: str
) -> None:
    load_facts(FACTS)
    result = inquiry(*arguments)
    assert result.returncode in {1, 2}, result.stdout
    assert result.stdout == ""
    assert message in result.stderr
    assert hint in result.stderr
    assert "Traceback" not in result.stderr


def test_cypher_reads_from_standard_input_with_parameters(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    query = "MATCH (b:Body {id: $id}) RETURN b.name AS name, labels(b) AS labels"
    result = inquiry("cypher", "-", "-p", "id=body:council", "--json", stdin=query)
    assert json.loads(result.stdout)["rows"] == [{"name": "Example Council", "labels": ["Entity", "Body", "Council"]}]


def test_cypher_as_a_graph_its_plan_and_what_neo4j_says_of_it(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    drawn = json.loads(inquiry("cypher", "MATCH (b:Body {id: 'body:council'}) RETURN b, b AS c", "--graph").stdout)
    assert (drawn["rows"], [node["id"] for node in drawn["graph"]["nodes"]]) == ([], ["body:council"])
    planned = inquiry("cypher", "EXPLAIN MATCH (a:Body), (b:Body) RETURN *")
    assert planned.stdout.startswith("ProduceResults  Details")
    assert "\n  CartesianProduct" in planned.stdout
    assert "information: cartesian product" in planned.stderr


def test_the_query_can_be_pasted_elsewhere(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    text = inquiry("ask", "disputed-claims", "--cypher").stdout
    assert text.startswith("// What do the documents disagree on?\n:param entity => null;\n")
    assert "live(" not in text
    assert "disagree(" not in text
    named = inquiry("ask", "timeline", "--entity", "Example Council", "--cypher", "--limit", "5").stdout
    assert ':param entity => "body:council";' in named
    assert ":param limit => 5;" in named
    missing = inquiry("ask", "why", "--subject", "Example Council", "--cypher").stdout
    assert ':param subject => "body:council";' in missing
    assert "// :param predicate => …;" in missing


def test_check_finds_problems_and_says_so_with_its_exit_code(inquiry: Inquiry, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(FACTS)
    (tmp_path / "bad.yaml").write_text(FACTS.replace("body:council,", "body:counsil,"))
    assert inquiry("check", "good.yaml").returncode == 0
    bad = inquiry("check", "bad.yaml")
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "bad.yaml:27:15: unknown body `counsil`" in bad.stderr
    assert "did you mean `council`?" in bad.stderr
    problems = json.loads(inquiry("check", "bad.yaml", "--json").stdout)["problems"]
    assert [problem["hint"] for problem in problems] == ["did you mean `council`?"]


def test_check_graph_finds_what_was_made_by_hand(
    inquiry: Inquiry, load_facts: Callable[..., Any], connection: Connection
) -> None:
    load_facts(FACTS)
    assert inquiry("check", "--graph").stdout == "The graph says what its claims say, and no more.\n"
    connection.write("MATCH (b:Body {id: 'body:council'}) SET b.name = 'Another'")
    result = inquiry("check", "--graph")
    assert (result.returncode, result.stdout) == (
        1,
        "body:council has name = 'Another', but the claims give 'Example Council'\n",
    )


def test_backup_and_restore(inquiry: Inquiry, load_facts: Callable[..., Any], tmp_path: Path) -> None:
    load_facts(FACTS)
    assert inquiry("backup", "b.gz").returncode == 0
    refused = inquiry("restore", "b.gz")
    assert (refused.returncode, "the graph is not empty" in refused.stderr) == (1, True)


def test_a_backup_does_not_write_over_a_file_without_force(
    inquiry: Inquiry, load_facts: Callable[..., Any], tmp_path: Path
) -> None:
    load_facts(FACTS)
    (tmp_path / "b.gz").write_text("something else")
    refused = inquiry("backup", "b.gz")
    assert (refused.returncode, refused.stderr) == (
        2,
        "b.gz: the file is there already\n    take another name, or --force writes over it\n",
    )
    assert (tmp_path / "b.gz").read_text() == "something else"
    assert inquiry("backup", "b.gz", "--force").returncode == 0
    assert gzip.decompress((tmp_path / "b.gz").read_bytes()).startswith(b'{"format": "inquiry-graph backup 1"}\n')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "the backup cannot be read: No such file or directory"),
        (b"", "this is not a backup of Inquiry Graph"),
        (b"text", "the backup cannot be read: Not a gzipped file"),
        (gzip.compress(b'{"format": "inquiry-graph backup 1"}\n' + b'{"claim": {}}\n' * 999)[:50], "cannot be read"),
        (gzip.compress(b'{"format": "inquiry-graph backup 1"}\n'), "the backup is not whole"),
        (
            gzip.compress(b'{"format": "inquiry-graph backup 1"}\n{"claim": {}}\n'),
            "b.gz:2: a claim is not as a backup has",
        ),
        (gzip.compress(b"[1]\n"), "this is not a backup of Inquiry Graph"),
    ],
    ids=["none", "empty", "text", "truncated", "without-end", "odd", "other"],
)
def test_what_cannot_be_restored_starts_no_server(
    inquiry: Inquiry, tmp_path: Path, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "b.gz").write_bytes(content)
    result = inquiry("restore", "b.gz", INQUIRY_DATA_DIR=str(tmp_path / "data"))
    assert result.returncode == 2
    assert f"b.gz: {message}" in result.stderr or message in result.stderr
    assert "Starting" not in result.stderr
    assert not (tmp_path / "data").exists()


def test_logs_are_lines_without_control_characters(inquiry: Inquiry, tmp_path: Path) -> None:
    (tmp_path / "data" / "logs").mkdir(parents=True)
    (tmp_path / "data" / "logs" / "neo4j.log").write_text("".join(f"line {n}\x1b[0m\x06\n" for n in range(9)))
    (tmp_path / "data" / "logs" / "console.log").write_text("\x06\n")
    folder = str(tmp_path / "data")
    assert inquiry("logs", "-n", "5", INQUIRY_DATA_DIR=folder).stdout.splitlines() == [
        f"line {n}[0m" for n in range(4, 9)
    ]
    (tmp_path / "data" / "logs" / "console.log").write_text("java.lang.OutOfMemoryError\n")
    assert inquiry("logs", "-n", "2", INQUIRY_DATA_DIR=folder).stdout == "line 8[0m\njava.lang.OutOfMemoryError\n"
    assert inquiry("logs", INQUIRY_DATA_DIR=str(tmp_path / "none")).stdout == ""


def test_a_dry_run_says_how_many_it_does_not_list(inquiry: Inquiry, clean_graph: Connection, tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(FACTS)
    lines = inquiry("load", "facts.yaml", "--dry-run").stdout.splitlines()
    new = int(lines[0].split()[1])
    assert new > 10
    assert len(lines) == 12
    assert lines[-1] == f"  + … and {new - 10} more"


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"INQUIRY_NEO4J_URI": "bolt://127.0.0.1:1"}, "Neo4j does not answer"),
        ({"INQUIRY_NEO4J_URI": "http://127.0.0.1"}, "the address cannot be used"),
        ({"INQUIRY_LIMIT": "many"}, "INQUIRY_LIMIT: "),
        ({"INQUIRY_QUERIES": "/no/such/folder"}, "the folder of your queries is not there"),
    ],
)
def test_wrong_settings_are_named(inquiry: Inquiry, variables: dict[str, str], message: str) -> None:
    result = inquiry("ask", "disputed-claims", **variables)
    assert result.returncode in {1, 2}
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_password_is_told(inquiry: Inquiry, connection: Connection) -> None:
    result = inquiry(
        "ask", "disputed-claims", INQUIRY_NEO4J_URI=connection.uri, INQUIRY_NEO4J_PASSWORD="wrong-password"
    )
    assert (result.returncode, "does not take this user and password" in result.stderr) == (1, True), result.stderr


def test_a_query_of_ones_own(inquiry: Inquiry, load_facts: Callable[..., Any], tmp_path: Path) -> None:
    load_facts(FACTS)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "names-of-bodies.cypher").write_text(
        "// How are bodies called?\n// parameter body: Body - only this one\n// column body: Body - the body\n"
        "// column name: text - its name\nMATCH (c:Claim {predicate: 'name'})\n"
        "WHERE c.subject STARTS WITH 'body:' AND ($body IS NULL OR c.subject = $body) AND live(c)\n"
        "RETURN c.subject AS body, c.value AS name, [c.id] AS claims\nORDER BY body\n"
    )
    result = inquiry("ask", "names-of-bodies", "--json", INQUIRY_QUERIES=str(folder))
    assert [row["name"] for row in json.loads(result.stdout)["rows"]] == [
        "Example Council",
        "Third Council",
        "Second Council",
    ]
    assert "names-of-bodies" in inquiry("ask", INQUIRY_QUERIES=str(folder)).stdout
    assert "How are bodies called?" in inquiry("ask", "names-of-bodies", "--help", INQUIRY_QUERIES=str(folder)).stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MATCH (n) RETURN n", "broken.cypher: the file does not say what it answers"),
        (b"// What?\nMATCH (n)\n", "broken.cypher: the query has no final RETURN with an ORDER BY"),
        (b"// What?\n// valid time: never\nRETURN [] AS claims\nORDER BY claims\n", "unknown valid time `never`"),
        (b"// Caf\xe9?\n", "broken.cypher: the file is not text in UTF-8"),
    ],
)
def test_a_broken_file_does_not_stop_the_other_queries(
    inquiry: Inquiry, load_facts: Callable[..., Any], tmp_path: Path, content: bytes, reason: str
) -> None:
    load_facts(FACTS)
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "broken.cypher").write_bytes(content)
    (folder / "mine.cypher").write_text("// Mine?\nRETURN [] AS claims\nORDER BY claims\n")
    other = inquiry("ask", "recommendation-targets", "--inquiry", "inquiry:first", INQUIRY_QUERIES=str(folder))
    assert (other.returncode, "Example Council" in other.stdout, reason in other.stderr) == (0, True, True)
    listed = inquiry("ask", INQUIRY_QUERIES=str(folder))
    assert (listed.returncode, "mine" in listed.stdout, reason in listed.stderr) == (0, True, True)
    broken = inquiry("ask", "broken", INQUIRY_QUERIES=str(folder))
    assert (broken.returncode, broken.stdout, broken.stderr.count(reason)) == (2, "", 1)


def test_a_query_of_ones_own_replaces_none_that_is_there(
    inquiry: Inquiry, load_facts: Callable[..., Any], tmp_path: Path
) -> None:
    load_facts(FACTS)
    (tmp_path / "recommendation-targets.cypher").write_text("// Mine?\nRETURN [] AS claims\nORDER BY claims\n")
    result = inquiry("ask", "recommendation-targets", "--inquiry", "inquiry:first", INQUIRY_QUERIES=str(tmp_path))
    assert (result.returncode, "Example Council" in result.stdout) == (0, True)
    assert "recommendation-targets.cypher: `recommendation-targets` is there already" in result.stderr


def test_a_reader_that_has_seen_enough_is_a_normal_end(
    environment: dict[str, str], load_facts: Callable[..., Any]
) -> None:
    load_facts(FACTS)
    command = Path(sys.executable).with_name("inquiry")
    result = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{command}' schema --json | head -1"],
        capture_output=True, text=True, env=environment, check=False, timeout=60,
    )  # fmt: skip
    assert (result.returncode, result.stdout, result.stderr) == (0, "{\n", "")
