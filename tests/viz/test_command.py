"""`inquiry view`: an entity, a named query or Cypher as one file."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.store.connection import Connection

Run = Callable[..., Any]
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "explore-a-view.md"
AUDIT = "inquiry:casey-audit-2025"


def drawn(page: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="view-data">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    found: dict[str, Any] = json.loads(match[1])
    return found


def ids(page: str) -> set[str]:
    return {one["id"] for one in drawn(page)["entities"]}


@pytest.fixture(autouse=True)
def _facts(graph: Connection) -> None:
    """All of them ask the invented graph."""


def test_an_entity_with_what_lies_around_it(inquiry: Run, tmp_path: Path) -> None:
    done = inquiry("view", "Example Council", "-o", "council.html", "--limit", "4")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "council.html").read_text(encoding="utf-8")
    assert drawn(page)["entities"][0]["id"] == "body:council"
    assert len(ids(page)) == 4
    assert '<h1 title="Example Council">' in page
    assert "4 entities" in done.stderr
    assert "--limit takes more" in done.stderr
    assert done.stdout == ""


def test_the_rows_of_a_named_query_with_what_they_rest_on(inquiry: Run) -> None:
    done = inquiry(
        "view", "--query", "recommendation-targets", "-p", "inquiry=First inquiry", "-o", "-", "--title", "Who was told"
    )
    assert done.returncode == 0, done.stderr
    assert {"recommendation:first-1", "recommendation:first-2", "body:council", "body:police"} <= ids(done.stdout)
    assert "person:one" not in ids(done.stdout)
    assert drawn(done.stdout)["title"] == "Who was told"
    assert {line["predicate"] for line in drawn(done.stdout)["relationships"]} >= {"TARGETS", "MADE_IN"}


def test_the_rows_of_cypher(inquiry: Run) -> None:
    query = (
        "MATCH (r:Recommendation)-[:TARGETS]->(b:Body {id: $body}) RETURN r, [b.id, 'no:thing'] AS more, r.name AS name"
    )
    done = inquiry("view", "--cypher", "-", "-p", "body=body:council", "-o", "-", stdin=query)
    assert done.returncode == 0, done.stderr
    assert ids(done.stdout) == {"recommendation:first-1", "recommendation:first-2", "body:council"}


def test_what_was_not_public_then_is_not_in_it(inquiry: Run) -> None:
    done = inquiry("view", "inquiry:first", "--known-at", "2014-12-31", "-o", "-")
    assert "recommendation:first-1" in ids(done.stdout)
    assert "decision:answer-1" not in ids(done.stdout)
    assert drawn(done.stdout)["times"] == {"known_at": "2014-12-31", "recorded_at": None}


def examples(language: str) -> str:
    """What the how-to page prints, about the invented graph."""
    [block] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return block.replace("recommendation:casey-audit-2025-1", "recommendation:first-1").replace(AUDIT, "inquiry:first")


def test_the_commands_of_the_page(inquiry: Run, tmp_path: Path) -> None:
    for line in examples("bash").splitlines():
        done = inquiry(*shlex.split(line)[1:])
        assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.glob("*.html")} == {
        "casey.html", "responses.html", "trail.html", "councils.html",
    }  # fmt: skip


def test_the_program_of_the_page(environment: dict[str, str], tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", examples("python")], env=environment, cwd=tmp_path, check=True, timeout=120)
    page = (tmp_path / "casey.html").read_text(encoding="utf-8")
    assert drawn(page)["title"] == "The audit"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "one of these is shown"),
        (("inquiry:first", "--cypher", "RETURN 1"), "one of these is shown"),
        (("inquiry:first", "-p", "a=b"), "parameters go with"),
        (("inquiry:first", "--preset", "respones"), "did you mean `responses`"),
        (("inquiry:frist",), "inquiry:first"),
        (("inquiry:first", "--limit", "1501"), "1 to 1,500"),
        (("--query", "recommendation-target"), "recommendation-targets"),
        (("--query", "recommendation-targets", "-p", "inquirie=x"), "--inquiry"),
        (("--cypher", "RETURN 1 AS x"), "no entity is in the rows"),
        (("--cypher", "CREATE (n) RETURN n"), ""),
        (("inquiry:first", "-o", "nowhere/view.html"), "cannot be written"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_line(inquiry: Run, arguments: tuple[str, ...], words: str) -> None:
    done = inquiry("view", *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert words in done.stderr
    assert done.stdout == ""
