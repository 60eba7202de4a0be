"""What `inquiry load` tells, how it is stopped, and what `inquiry loads diff` and `inquiry stats` show afterwards."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph

Inquiry = Callable[..., subprocess.CompletedProcess[str]]

HEADER = "person,post,body,from,until,source,place\n"


def write_clerks(folder: Path, rows: list[str]) -> None:
    (folder / "clerks.csv").write_text(HEADER + "".join(rows), encoding="utf-8")


def clerk(letter: str, since: str = "2001", until: str = "") -> str:
    return f"Person {letter},Clerk {letter},Board,{since},{until},Report,page 1\n"


def test_a_load_ends_with_a_summary(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    write_clerks(tmp_path, [clerk("A"), clerk("B", "1/2/2003"), clerk("C", "1/2/2003"), clerk("D", "soon")])
    result = inquiry("load", "clerks.csv")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    documents = next(line.split() for line in lines if line.startswith("documents"))
    claims = next(line.split() for line in lines if line.startswith("claims"))
    there = clean_graph.read("MATCH (c:Claim) RETURN count(c) AS claims, COUNT { (:Document) } AS documents")[0]
    assert [int(word) for word in (claims[1], claims[-1])] == [there["claims"], there["claims"]]
    assert [int(word) for word in (documents[1], documents[-1])] == [there["documents"], there["documents"]]
    assert "rows that are not loaded:" in result.stdout
    assert any(line.startswith("  2 × `from`: '1/2/2003' is not a date") and "row 3" in line for line in lines)
    assert any("clerks.csv, row 5 (" in line and "'soon'" in line for line in lines)
    assert "3 refused rows and 0 remarks are listed in" in result.stderr
    again = json.loads(inquiry("load", "clerks.csv", "--again", "--json").stdout)
    assert again["summary"]["claims"]["new"] == 0
    assert again["summary"]["claims"]["unchanged"] == there["claims"]
    assert [reason["rows"] for reason in again["loads"][0]["reasons"]] == [2, 1]


def test_a_withdrawal_that_finds_nothing_is_told(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "document: {id: document:d, title: D, form: report, published: 2024-03-01}\n"
        "says:\n  - {entity: body:b, at: page 1, name: B}\n"
        "corrections:\n  - was: {entity: body:b, at: page 9, summary: Never said}\n    note: misread\n",
        encoding="utf-8",
    )
    result = inquiry("load", "mine.yaml")
    assert result.returncode == 0, result.stderr
    assert "A withdrawal, redaction or correction found no claim: claim:" in result.stdout
    assert len(json.loads(inquiry("load", "mine.yaml", "--again", "--json").stdout)["summary"]["unmatched"]) == 1


def test_what_would_vanish_is_told(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    letters = "ABCDEFGHIJKLMNOPQRST"
    write_clerks(tmp_path, [clerk(letter, until="2010") for letter in letters])
    assert inquiry("load", "clerks.csv").returncode == 0
    write_clerks(tmp_path, [clerk(letter) for letter in letters])
    result = inquiry("load", "clerks.csv")
    assert result.returncode == 1
    assert "HELD of Person with an end: 20 before, 0 now" in result.stderr
    assert result.stderr.count("    such as ") >= 3
    assert "--accept-shrinkage" in result.stderr
    assert inquiry("load", "clerks.csv", "--accept-shrinkage").returncode == 0


def test_loads_are_compared_in_words_json_and_csv(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    write_clerks(tmp_path, [clerk("A"), clerk("B")])
    assert inquiry("load", "clerks.csv").returncode == 0
    write_clerks(tmp_path, [clerk("A"), clerk("B", until="2012")])
    assert inquiry("load", "clerks.csv", "--accept-shrinkage").returncode == 0
    loads = json.loads(inquiry("loads", "--json").stdout)
    source = loads[0]["source"]
    shown = inquiry("loads", "diff", loads[1]["load"], loads[0]["load"])
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    person = next(number for number, line in enumerate(lines) if line.startswith("Person B  person:"))
    gone, come = lines[person + 1 : person + 3]
    assert (gone[:8], come[:8]) == ("  - HELD", "  + HELD")
    assert "[source changed]" in gone
    assert "until 2012" in come
    told = json.loads(inquiry("loads", "diff", source, "--json", "--cited-again").stdout)
    changes = [row["change"] for row in told["changes"]]
    counts = {name: changes.count(name.replace("_", " ")) for name in ("opened", "closed", "cited_again")}
    assert told["counts"] == counts
    assert lines[-1] == f"{counts['opened']} opened, {counts['closed']} closed, {counts['cited_again']} cited again."
    table = list(csv.DictReader(io.StringIO(inquiry("loads", "diff", source, "--csv").stdout)))
    assert len(table) == counts["opened"] + counts["closed"]
    assert [(row["change"], row["until"]) for row in table if row["predicate"] == "HELD"] == [
        ("closed", ""),
        ("opened", "2012"),
    ]
    wrong = inquiry("loads", "diff", "nothing")
    assert (wrong.returncode, "there is no load of a source `nothing`" in wrong.stderr) == (2, True)


def test_the_same_comparison_of_nothing_is_json_too(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    write_clerks(tmp_path, [clerk("A")])
    inquiry("load", "clerks.csv")
    write_clerks(tmp_path, [clerk("A"), "\n"])
    inquiry("load", "clerks.csv")
    source = json.loads(inquiry("loads", "--json").stdout)[0]["source"]
    told = json.loads(inquiry("loads", "diff", source, "--json").stdout)
    assert (told["changes"], told["counts"]["opened"]) == ([], 0)


# The command itself, with small batches, that says after each transaction that it is there and then gives time to stop.
SLOW = """
import signal, sys, time
import graph.store.refresh as refresh
import graph.store.writer as writer
from graph.cli import main
from graph.store.connection import Connection

writer.BATCH, refresh.BATCH = 50, 60
transact = Connection.transact

def slowly(self, work, **options):
    result = transact(self, work, **options)
    print("step", file=sys.stderr, flush=True)
    time.sleep(0.1)
    return result

Connection.transact = slowly
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in the background
main()
"""


def stop_after(steps: int, environment: dict[str, str]) -> tuple[int, str, list[str]]:
    """Load a seed, press Ctrl-C after so many transactions, and give the exit code and what was printed."""
    command = [sys.executable, "-c", SLOW, "load", "iicsa"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        for _ in range(steps):
            assert process.stderr.readline() == "step\n"
        process.send_signal(signal.SIGINT)
        printed, told = process.communicate(timeout=120)
    return process.returncode, printed, [line for line in told.splitlines() if line != "step"]


def digest(connection: Connection) -> str:
    """Of all but the moments at which two loads on two occasions were recorded."""
    return graph_digest(connection, leave_out=frozenset({"recorded_at", "retracted_at", "until_recorded"}))


@pytest.mark.fuzz
def test_ctrl_c_ends_a_load_with_one_line_and_the_next_takes_it_up(
    clean_graph: Connection, environment: dict[str, str], inquiry: Inquiry
) -> None:
    assert inquiry("load", "iicsa").returncode == 0
    expected = digest(clean_graph)
    for steps in (2, 15, 40):
        clean_graph.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS")
        code, printed, told = stop_after(steps, environment)
        assert (code, printed, len(told)) == (130, "", 1), told
        assert told[0].startswith("Stopped while loading seeds/")
        assert "the same command takes it up where it stopped" in told[0]
        assert inquiry("ask", "coverage").returncode == 0
        again = json.loads(inquiry("load", "iicsa", "--json").stdout)
        assert "resumed" in again["summary"]["outcomes"]
        assert digest(clean_graph) == expected
        assert list(check_graph(clean_graph)) == []


def test_a_terminal_shows_rows_and_how_many_a_second(
    clean_graph: Connection, environment: dict[str, str], tmp_path: Path
) -> None:
    write_clerks(tmp_path, [clerk(f"{number}") for number in range(1_500)])
    master, slave = pty.openpty()
    with subprocess.Popen(
        [str(Path(sys.executable).with_name("inquiry")), "load", "clerks.csv"],
        stdout=subprocess.PIPE, stderr=slave, cwd=tmp_path, env={**environment, "TERM": "xterm"},
    ) as process:  # fmt: skip
        os.close(slave)
        shown = b""
        while True:
            try:
                shown += os.read(master, 4096)
            except OSError:  # the other end is closed
                break
        process.communicate(timeout=60)
    os.close(master)
    assert process.returncode == 0
    assert b": writing" in shown
    assert b"/1500 rows" in shown
    assert b"/s" in shown


def test_the_graph_is_described(clean_graph: Connection, inquiry: Inquiry, tmp_path: Path) -> None:
    write_clerks(tmp_path, [clerk("A", until="2010"), clerk("B", since="2005")])
    assert inquiry("load", "clerks.csv").returncode == 0
    write_clerks(tmp_path, [clerk("A", until="2011"), clerk("B", since="2005")])
    assert inquiry("load", "clerks.csv", "--accept-shrinkage").returncode == 0
    told = json.loads(inquiry("stats", "--json").stdout)
    assert {row["kind"]: row["entities"] for row in told["kinds"]}["Person"] == 2
    held = next(row for row in told["relationships"] if row["type"] == "HELD")
    assert (held["relationships"], held["of_one_document"], held["claims"]) == (2, 2, 2)
    closed = clean_graph.read("MATCH (c:Claim) WHERE c.retracted_at IS NOT NULL RETURN count(c) AS n")[0]["n"]
    assert told["closed"] == {"source_changed": closed}
    (source,) = told["sources"]
    assert (source["loads"], source["closed"], source["claims"] - source["live"]) == (2, closed, closed)
    assert source["live"] == told["live"]
    assert [row for row in told["years"] if "HELD" in row] == [{"year": 2001, "HELD": 1}, {"year": 2005, "HELD": 1}]
    assert told["shares"] == {"checked": 1.0, "disputed": 0.0, "single_source": 1.0}
    shown = inquiry("stats").stdout
    assert f"and {closed} closed ({closed} source changed)" in shown
    assert "100% of the live claims are checked" in shown


def test_an_empty_graph_is_described(clean_graph: Connection, inquiry: Inquiry) -> None:
    assert inquiry("stats").stdout.strip() == "The graph is empty; `inquiry load` fills it."
