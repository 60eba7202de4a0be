"""The demo fits on a few screens, and says how to see the rest."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from graph.commands.demo import QUESTIONS
from graph.store.connection import Connection

Inquiry = Callable[..., subprocess.CompletedProcess[str]]


def test_the_demo_shows_the_beginning_of_each_answer(inquiry: Inquiry, clean_graph: Connection) -> None:
    result = inquiry("demo", COLUMNS="100")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert len(lines) + len(result.stderr.splitlines()) <= 140
    assert lines.count("Evidence") == len(QUESTIONS)
    for number, question in enumerate(QUESTIONS, start=1):
        assert f"{number}. {question.words}" in lines
    rest = [line for line in lines if line.startswith("… and ")]
    assert len(rest) >= 3
    assert all(": inquiry ask " in line for line in rest)
    assert any(" more rows and " in line and " more pieces of evidence: " in line for line in rest)
    assert "inquiry down" in result.stderr
    assert "inquiry serve" in result.stderr
