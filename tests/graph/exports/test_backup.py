"""Backup and restore: the same graph, on any server."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError, LoadRefused
from graph.exports.backup import back_up, restore
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.integrity import check_graph

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
