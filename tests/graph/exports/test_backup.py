"""Backup and restore: the same graph, on any server."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError, LoadRefused
from graph.exports.backup import back_up, restore
from graph.exports.backup_file import check_backup, write_backup
from graph.loaders.facts import load_request, read_fact_files
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph
from graph.store.restore import is_restore_unfinished
from graph.store.writer import write_load

FACTS = """\
document:
  id: document:report
  title: A report
  form: report
  published: 2024-03-01
  version: {retrieved_at: 2024-05-01}
says:
  - entity: body:council
    at: page 1
    name: Example Council
  - entity: person:jane
    at: page 2
    name: Jane Example
    held: {to: office:leader, from: 2020, said_by: body:council}
  - entity: office:leader
    at: page 2
    name: Leader
"""


def empty(connection: Connection) -> None:
    connection.execute("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")


def test_a_restored_graph_is_the_same(load_facts: Callable[..., Any], connection: Connection, tmp_path: Path) -> None:
    load_facts(FACTS + "  - entity: document:report\n    at: page 3\n    pages: 159\n")
    load_facts(
        FACTS + "corrections:\n  - was: {entity: document:report, at: page 3, pages: 159}\n"
        "    now: {entity: document:report, at: page 3, pages: 153}\n"
    )
    before = graph_digest(connection)
    counts = back_up(connection, tmp_path / "backup.gz")
    empty(connection)
    assert restore(connection, tmp_path / "backup.gz") == counts
    assert graph_digest(connection) == before
    assert list(check_graph(connection)) == []


def test_judgements_of_ones_own_come_back_with_the_graph(
    load_facts: Callable[..., Any], connection: Connection, tmp_path: Path
) -> None:
    load_facts(FACTS)
    own, elsewhere = tmp_path / "own", tmp_path / "elsewhere"
    own.mkdir()
    (own / "reviews.yaml").write_text("who: Ä. Archer\njudgements: []\n", encoding="utf-8")
    backup = tmp_path / "backup.gz"
    assert back_up(connection, backup, judgements=own)["judgements"] == 1
    empty(connection)
    restore(connection, backup, judgements=elsewhere)
    assert (elsewhere / "reviews.yaml").read_bytes() == (own / "reviews.yaml").read_bytes()
    empty(connection)
    (elsewhere / "reviews.yaml").write_text("judgements: []\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds other judgements than the backup"):
        restore(connection, backup, judgements=elsewhere)
    assert connection.execute("MATCH (n) RETURN count(n) AS n").rows == [{"n": 0}]


@pytest.mark.parametrize("name", ["../reviews.yaml", "/tmp/reviews.yaml", ".hidden.yaml", "reviews.sh"])
def test_a_backup_writes_judgements_nowhere_else(name: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup.gz"
    write_backup(backup, [("judgements", {"id": name, "text": ""})])
    with pytest.raises(InputError, match="a judgements is not as a backup has it"):
        check_backup(backup)


def test_a_graph_that_holds_something_is_not_overwritten(
    load_facts: Callable[..., Any], connection: Connection, tmp_path: Path
) -> None:
    load_facts(FACTS)
    back_up(connection, tmp_path / "backup.gz")
    with pytest.raises(LoadRefused, match="the graph is not empty"):
        restore(connection, tmp_path / "backup.gz")


def test_a_truncated_backup_is_noticed_before_anything_is_written(
    load_facts: Callable[..., Any], connection: Connection, tmp_path: Path
) -> None:
    load_facts(FACTS)
    path = tmp_path / "backup.gz"
    back_up(connection, path)
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    empty(connection)
    path.write_bytes(gzip.compress(b"".join(lines[:-2])))
    with pytest.raises(InputError, match="not whole"):
        restore(connection, path)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(InputError, match="cannot be read"):
        restore(connection, path)
    path.write_bytes(gzip.compress(b'{"format": "other"}\n'))
    with pytest.raises(InputError, match="not a backup of Inquiry Graph"):
        restore(connection, path)
    assert connection.read("MATCH (n:Claim) RETURN count(n) AS n")[0]["n"] == 0


def test_a_backup_that_cannot_be_written_leaves_no_half_file(
    load_facts: Callable[..., Any], connection: Connection, tmp_path: Path
) -> None:
    load_facts(FACTS)
    with pytest.raises(InputError, match="cannot be written"):
        back_up(connection, tmp_path / "no" / "such" / "folder.gz")
    assert list(tmp_path.glob("*.unfinished")) == []


@pytest.fixture
def backup(load_facts: Callable[..., Any], connection: Connection, tmp_path: Path) -> Path:
    """A backup of a loaded graph, which is empty afterwards."""
    load_facts(FACTS)
    path = tmp_path / "backup.gz"
    back_up(connection, path)
    return path


class BrokeOff(Exception):
    """Stands for whatever ends a restore."""


def break_off(connection: Connection, path: Path, monkeypatch: pytest.MonkeyPatch, *, lines: int = 6) -> None:
    """Restore a few lines at a time, and end after some of them."""
    monkeypatch.setattr("graph.exports.backup.BATCH", 2)
    done: list[int] = []

    def advance(count: int) -> None:
        done.append(count)
        if sum(done) >= lines:
            raise BrokeOff

    with pytest.raises(BrokeOff):
        restore(connection, path, advance)


def test_a_restore_that_broke_off_does_not_look_whole(
    backup: Path, connection: Connection, monkeypatch: pytest.MonkeyPatch, facts_file: Callable[..., Path]
) -> None:
    empty(connection)
    break_off(connection, backup, monkeypatch)
    assert connection.read("MATCH (c:Claim) RETURN count(c) > 0 AS some") == [{"some": True}]
    assert connection.read("MATCH (l:Load {status: 'finished'}) RETURN count(l) AS n") == [{"n": 0}]
    assert is_restore_unfinished(connection)
    assert [f.message for f in check_graph(connection) if f.kind == "unfinished_load"] == [
        "the load load:restore of backup backup.gz broke off; load it again"
    ]
    facts = read_fact_files([facts_file(FACTS)])
    with pytest.raises(LoadRefused, match="a restore into this graph broke off"):
        write_load(connection, load_request(facts.files, "facts.yaml"))
    with pytest.raises(LoadRefused, match="a restore into this graph broke off"):
        back_up(connection, backup.with_name("other.gz"))
    assert not list(backup.parent.glob("other.gz*"))


@pytest.mark.parametrize("lines", [1, 6, 12, 1000])
def test_a_restore_that_broke_off_can_be_run_again(
    backup: Path, connection: Connection, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    """With 1,000 it breaks off after the last line, before the view is made."""
    before = graph_digest(connection)
    empty(connection)
    if lines == 1000:
        monkeypatch.setattr("graph.exports.backup.refresh_view", raise_broke_off)
        with pytest.raises(BrokeOff):
            restore(connection, backup)
        monkeypatch.undo()
    else:
        break_off(connection, backup, monkeypatch, lines=lines)
    restore(connection, backup)
    assert graph_digest(connection) == before
    assert list(check_graph(connection)) == []
    assert not is_restore_unfinished(connection)


def raise_broke_off(*_: object) -> None:
    raise BrokeOff


def test_a_load_during_a_backup_is_noticed(
    load_facts: Callable[..., Any], connection: Connection, tmp_path: Path, facts_file: Callable[..., Path]
) -> None:
    load_facts(FACTS)
    more = read_fact_files([facts_file(FACTS + "  - {entity: body:other, at: page 9, name: Other}\n", "more.yaml")])
    loaded: list[object] = []

    def advance(_: int) -> None:
        if not loaded:
            loaded.append(write_load(connection, load_request(more.files, "more")))

    with pytest.raises(LoadRefused, match="a load wrote to the graph during the backup"):
        back_up(connection, tmp_path / "backup.gz", advance)
    assert not list(tmp_path.glob("backup.gz*"))
    back_up(connection, tmp_path / "backup.gz")


def rewrite(path: Path, change: Callable[[list[Any]], list[Any]]) -> None:
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    path.write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in change(lines)).encode()))


def of_first_claim(**changes: Any) -> Callable[[list[Any]], list[Any]]:
    """Give the first claim of a backup other values; None takes them away."""

    def change(lines: list[Any]) -> list[Any]:
        claim = next(line["claim"] for line in lines if "claim" in line)
        claim.update(changes)
        for name in [name for name, value in claim.items() if value is None and name != "said_by"]:
            del claim[name]
        return lines

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: [], "not a backup of Inquiry Graph"),
        (lambda lines: [[1], *lines[1:]], "not a backup of Inquiry Graph"),
        (lambda lines: [*lines[:3], {}, *lines[3:]], ":4: this is not a line of a backup"),
        (lambda lines: [*lines[:3], [], *lines[3:]], ":4: this is not a line of a backup"),
        (lambda lines: [*lines[:3], {"a": 1, "b": 2}, *lines[3:]], ":4: this is not a line of a backup"),
        (lambda lines: [*lines[:-1], {"novel": {"id": "x"}}, {"end": {**lines[-1]["end"], "novel": 1}}], "no `novel`"),
        (lambda lines: [*lines, {"end": {}}], "after the end"),
        (lambda lines: lines[:-1], "its end is missing"),
        (of_first_claim(properties=None), "a claim is not as a backup has it: properties"),
        (of_first_claim(properties={}), "a claim is not as a backup has it: 'subject'"),
        (of_first_claim(properties={"subject": "novel:x"}), "a claim is not as a backup has it"),
        (of_first_claim(properties={"subject": 7}), "a claim is not as a backup has it"),
        (of_first_claim(properties={"subject": "body:x", "recorded_at": {"$moment": "soon"}}), "cannot be read"),
        (of_first_claim(properties={"subject": "body:x", "recorded_at": {"$day": None}}), "cannot be read"),
        (of_first_claim(citations=[{"properties": {}}]), r"a claim is not as a backup has it: citations.0.document"),
        (of_first_claim(novel=1), "a claim is not as a backup has it: novel"),
    ],
)
def test_an_odd_file_is_a_clear_error_before_anything_is_written(
    backup: Path, connection: Connection, change: Callable[[list[Any]], list[Any]], message: str
) -> None:
    rewrite(backup, change)
    empty(connection)
    with pytest.raises(InputError, match=message):
        restore(connection, backup)
    assert connection.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
