"""What is printed is whole: in a pipe, on a narrow terminal, and where there is nothing to print."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from graph.commands.answers import print_answer
from graph.commands.output import print_rows
from graph.exports.rows import cell
from graph.queries import Answer, Catalogue
from graph.schema.moments import plain_moment

Inquiry = Callable[..., subprocess.CompletedProcess[str]]

ADDRESS = "https://example.org/reports/2024/an-address-that-is-longer-than-any-terminal-of-eighty-columns-is-wide.html"
TITLE = "A report with a long title, " * 4 + "to the end"
FACTS = f"""\
document: {{id: document:report, title: "{TITLE}", form: report, published: 2024-03-01, url: "{ADDRESS}"}}
says:
  - entity: body:force
    at: page 1
    name: Example Police
  - entity: office:chief
    at: page 1
    name: Chief Constable of Example
    office_of: body:force
  - entity: person:jane
    at: the paragraph below the second table on page 12
    anchor: left with no choice other than to suspend
    said_by: body:force
    method: reading
    name: Jane Example
    held: {{to: office:chief, on: 2016-04-27}}
"""


def on_a_terminal(environment: dict[str, str], *arguments: str) -> str:
    """What the command prints on a terminal of 60 columns."""
    main, other = pty.openpty()
    command = [str(Path(sys.executable).with_name("inquiry")), *arguments]
    with subprocess.Popen(
        command, stdout=other, stderr=subprocess.DEVNULL, env={**environment, "COLUMNS": "60", "TERM": "xterm"}
    ) as process:
        os.close(other)
        printed = b""
        # Linux ends the reading of a terminal that nobody writes to any more with an error.
        try:
            while part := os.read(main, 65536):
                printed += part
        except OSError:
            pass
    os.close(main)
    assert process.returncode == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", printed.decode()).replace("\r\n", "\n")


def test_in_a_pipe_each_piece_of_evidence_is_one_whole_line(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    for width in ("60", "0", "wide"):
        lines = inquiry("show", "person:jane", COLUMNS=width).stdout.splitlines()
        [evidence] = [line for line in lines if "the paragraph below" in line]
        assert evidence == (
            f"    1  {TITLE}, the paragraph below the second table on page 12: "
            f"“left with no choice other than to suspend” (said by body:force) [a reading]. {ADDRESS}"
        )


def test_tables_in_a_pipe_are_as_wide_as_columns_says(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    widths = {
        columns: max(len(line) for line in inquiry("schema", COLUMNS=columns).stdout.splitlines())
        for columns in ("80", "100", "140")
    }
    assert widths == {"80": 80, "100": 100, "140": 140}
    assert max(len(line) for line in inquiry("schema", COLUMNS="").stdout.splitlines()) == 100


def test_on_a_terminal_evidence_is_wrapped_and_addresses_stay_whole(
    environment: dict[str, str], load_facts: Callable[..., Any]
) -> None:
    load_facts(FACTS)
    lines = on_a_terminal(environment, "show", "person:jane").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("    1  "))
    evidence = lines[begin:]
    assert f"       {ADDRESS}" in evidence
    assert [line for line in evidence if len(line) > 60] == [f"       {ADDRESS}"]
    assert "(said by body:force) [a reading]." in " ".join(line.strip() for line in evidence)
    assert all(line.startswith("       ") for line in evidence[1:])


def test_a_day_on_which_an_office_was_held_is_no_beginning(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    shown = inquiry("show", "person:jane").stdout
    assert "on 2016-04-27" in shown
    assert "from 2016-04-27" not in shown


@pytest.mark.parametrize(
    ("query", "printed", "said"),
    [
        (
            "MATCH (n:Bdy) RETURN n.name",
            "",
            "warning: label does not exist. The label `Bdy` does not exist. Verify that the spelling is correct.",
        ),
        ("UNWIND [1, 2] AS i RETURN null AS nothing", "nothing\nnull   \nnull   \n", "2 rows."),
        ("RETURN 1 AS one, null AS nothing", "one  nothing\n1    null   \n", "1 row."),
        ("RETURN '' AS text", "", "1 row."),
    ],
)
def test_cypher_without_rows_or_values(
    inquiry: Inquiry, load_facts: Callable[..., Any], query: str, printed: str, said: str
) -> None:
    load_facts(FACTS)
    result = inquiry("cypher", query)
    assert (result.returncode, said) == (0, result.stderr.strip().splitlines()[-1])
    assert result.stdout.rstrip() == printed.rstrip()


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("2026-11-26T11:02:35.836291Z[UTC]", "2026-11-26T11:02:35Z"),
        ("2026-11-26T11:02:35.836291000+00:00", "2026-11-26T11:02:35Z"),
        ("2026-11-26T11:02:35+01:00", "2026-11-26T11:02:35+01:00"),
        ("2026-11-26", "2026-11-26"),
        ("on 2026-11-26T11:02:35Z", "on 2026-11-26T11:02:35Z"),
    ],
)
def test_moments_are_iso_8601_to_the_second(given: str, printed: str) -> None:
    assert plain_moment(given) == printed
    assert cell(given) == printed


def test_loads_give_moments_alike_in_tables_and_json(inquiry: Inquiry, load_facts: Callable[..., Any]) -> None:
    load_facts(FACTS)
    assert " 2026-01-01T12:00:00Z " in inquiry("loads").stdout
    assert '"started_at": "2026-01-01T12:00:00Z"' in inquiry("loads", "--json").stdout


def print_table(rows: list[dict[str, Any]], width: int) -> list[str]:
    file = io.StringIO()
    print_rows(Console(file=file, width=width), rows, [(name, name) for name in rows[0]])
    return file.getvalue().splitlines()


def test_long_names_of_columns_break_at_underscores() -> None:
    lines = print_table([{"the_recommendation_count": 12, "b": "x"}], 30)
    assert [line.rstrip() for line in lines] == ["the_", "recommendation_", "count            b", "12               x"]


@pytest.mark.parametrize("width", range(60, 200, 5))
def test_nothing_is_cropped_at_any_width(width: int) -> None:
    rows = [
        {
            "date": "2025-06 or 2025-06-14", "kind": "response", "id": f"decision:national-inquiry-{number}",
            "what": "The Prime Minister announces a full national inquiry " * number,
            "evidence": " ".join(str(100 * number + one) for one in range(12)),
        }
        for number in range(1, 5)
    ]  # fmt: skip
    lines, wide = print_table(rows, width), print_table(rows, 2_000)
    assert all(len(line) <= width for line in lines)
    assert sorted("".join("".join(lines).split())) == sorted("".join("".join(wide).split()))
    numbers = [number for row in rows for number in row["evidence"].split()]
    assert [number for number in numbers if not re.search(rf"\b{number}\b", "\n".join(lines))] == []


def test_words_of_the_schema_are_not_folded() -> None:
    lines = print_table([{"position": "accepted_in_principle", "text": "a b c d e f g h i j k l m n o p"}], 40)
    assert lines[1].startswith("accepted_in_principle  ")


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ({"unchecked": 3, "relation": "gte"}, "; at least 3 unchecked claims left out (--include-unchecked); "),
        ({"unchecked": 1, "relation": "eq"}, "; 1 unchecked claim left out (--include-unchecked); "),
        ({"unchecked": 2}, "; 2 unchecked claims left out (--include-unchecked); "),
    ],
)
def test_what_is_left_out_is_counted_as_far_as_it_is_known(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, left_out: dict[str, Any], words: str
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    answer = Answer(
        query="why",
        parameters={},
        times={"valid_at": None, "known_at": None, "recorded_at": None},
        rows=[],
        total={"value": 0, "relation": "eq"},
        limit=100,
        truncated=False,
        left_out=left_out,
        loaded={"documents": 1},
    )
    print_answer(Catalogue()["why"], answer)
    assert words in capsys.readouterr().err
