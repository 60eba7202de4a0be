"""The how-to on tables of one's own, step by step as it is written: its files, its commands, and what they print."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store.connection import Connection
from graph.store.integrity import check_graph

Inquiry = Callable[..., subprocess.CompletedProcess[str]]
PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "load-your-own-people-in-posts.md"
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def arguments(line: str) -> tuple[list[str], str | None]:
    command, _, target = line.removeprefix("$ inquiry ").partition(" > ")
    return [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)], target or None


def follow(text: str, folder: Path, inquiry: Inquiry) -> int:
    """Do what the page says; give how many commands were run."""
    ran, printed = 0, ""
    for language, name, content in BLOCK.findall(text):
        if name:
            (folder / name).write_text(content, encoding="utf-8")
        for line in content.splitlines() if language == "console" else []:
            if line.startswith("$ "):
                words, target = arguments(line)
                result = inquiry(*words, COLUMNS="400")
                assert result.returncode == 0, result.stderr
                printed, ran = result.stdout + result.stderr, ran + 1
                if target is not None:
                    (folder / target).write_text(result.stdout, encoding="utf-8")
            else:
                assert line in printed
    return ran


def test_the_how_to_works_as_written(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    assert follow(PAGE.read_text(encoding="utf-8"), tmp_path, inquiry) == 10
    assert list(check_graph(clean_graph)) == []
    again = inquiry("load", "ministers.csv", "--mapping", "ministers.yaml", "--again", "--json").stdout
    assert re.search(r'"new": 0\b', again)
    assert re.search(r'"closed": 0\b', again)


def test_a_row_that_is_taken_out_is_closed(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    header = "person,post,body,from,until,source,place\n"
    rows = [f"Person {letter},Clerk,Board,200{n},,Report,page {n}\n" for n, letter in enumerate("AB")]
    (tmp_path / "clerks.csv").write_text(header + "".join(rows), encoding="utf-8")
    assert inquiry("load", "clerks.csv").returncode == 0
    (tmp_path / "clerks.csv").write_text(header + rows[1], encoding="utf-8")
    refused = inquiry("load", "clerks.csv")
    assert refused.returncode == 1
    assert "--accept-shrinkage" in refused.stderr
    assert inquiry("load", "clerks.csv", "--accept-shrinkage").returncode == 0
    query = "MATCH (c:Claim {predicate: 'HELD'}) WHERE c.retracted_at IS NULL RETURN count(c) AS held"
    assert clean_graph.read(query) == [{"held": 1}]


def test_a_template_is_what_it_says_it_is(inquiry: Inquiry) -> None:
    assert inquiry("template", "people-in-posts").stdout.startswith("person,post,body,from,until,source,place,")
    wrong = inquiry("template", "people-in-post")
    assert (wrong.returncode, "did you mean `people-in-posts`?" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("kind", ["people-in-posts", "recommendations"])
def test_an_empty_template_is_told_to_be_empty(kind: str, inquiry: Inquiry, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(inquiry("template", kind).stdout, encoding="utf-8")
    result = inquiry("load", "mine.csv")
    assert (result.returncode, "the file has no rows" in result.stderr) == (2, True)
