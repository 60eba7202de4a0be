"""Backup and restore: claims, versions and loads as gzip NDJSON; everything else is derived from them.

The file works on any server and across versions of Neo4j. A backup is of one moment: where a load wrote meanwhile, it
is refused. A restore that broke off is known by its mark in the graph; until it is run again no load is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from graph.errors import InputError, LoadRefused
from graph.exports.backup_file import Sort, check_backup, read_backup, write_backup
from graph.store.connection import Connection, Row
from graph.store.refresh import refresh_view
from graph.store.restore import (
    begin_restore,
    finish_restore,
    restore_claims,
    restore_corrections,
    restore_tombstones,
    restore_versions,
)
from graph.store.statements import statement
from graph.store.writer import apply_schema

__all__ = ["back_up", "check_backup", "restore"]

BATCH: Final = 5_000

Advance = Callable[[int], None]


def back_up(connection: Connection, path: Path, advance: Advance = lambda _: None) -> dict[str, int]:
    """Writes the backup to `path`, which is complete or not there; returns the number of lines of each sort.

    Raises LoadRefused where a restore is unfinished, or a load wrote to the graph meanwhile: Neo4j gives no view of one
    moment, not even within a transaction.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        before = _state(connection)
        counts = write_backup(unfinished, _lines(connection, advance))
        if _state(connection) != before:
            raise LoadRefused("a load wrote to the graph during the backup", hint="let it end, and back up again")
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"the backup cannot be written: {error.strerror or error}", where=str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore(
    connection: Connection, path: Path, advance: Advance = lambda _: None, *, checked: bool = False
) -> dict[str, int]:
    """Brings back a backup into an empty graph; raises LoadRefused where the graph holds something already.

    What a restore left that broke off is removed first. With `checked`, `check_backup` has been called already and is
    not called again.
    """
    if not checked:
        check_backup(path)
    apply_schema(connection)
    begin_restore(connection, path.name)
    writers: dict[str, Callable[[Connection, list[Row]], None]] = {
        "version": restore_versions,
        "claim": restore_claims,
        "tombstone": restore_tombstones,
        "correction": restore_corrections,
    }
    counts: Counter[str] = Counter()
    loads: list[Row] = []
    lines = read_backup(path)
    while batch := list(islice(lines, BATCH)):
        loads += [row for kind, row in batch if kind == "load"]
        for sort, write in writers.items():
            rows = [row for kind, row in batch if kind == sort]
            if rows:
                write(connection, rows)
        counts.update(sort for sort, _ in batch)
        advance(len(batch))
    refresh_view(connection)
    connection.transact(partial(finish_restore, loads=loads))
    return dict(counts)


def _lines(connection: Connection, advance: Advance) -> Iterator[tuple[Sort, Row]]:
    for line in _rows(connection):
        yield line
        advance(1)


def _rows(connection: Connection) -> Iterator[tuple[Sort, Row]]:
    for row in connection.read(statement("backup_loads")):
        yield "load", row
    for row in connection.read(statement("backup_versions")):
        yield "version", row
    after = ""
    while rows := connection.read(statement("backup_claims"), {"after": after, "limit": BATCH}):
        for row in rows:
            yield ("tombstone" if row["properties"].get("redacted") else "claim"), row
        after = rows[-1]["id"]
    for row in connection.read(statement("backup_corrections")):
        yield "correction", row


def _state(connection: Connection) -> list[Row]:
    """What any load changes: the loads themselves, and how many claims, citations and closings there are."""
    loads = connection.read(statement("backup_loads"))
    if any(row["properties"].get("status") == "restoring" for row in loads):
        raise LoadRefused(
            "a restore into this graph broke off",
            hint="run `inquiry restore` again; until then there is no whole graph",
        )
    return [*loads, *connection.read(statement("backup_state"))]
