"""Backup and restore: claims, versions, loads and files of judgements as gzip NDJSON; the rest is derived from them.

The file works on any server and across versions of Neo4j. A backup is of one moment: where a load wrote meanwhile, it
is refused. A restore that broke off is known by its mark in the graph; until it is run again no load is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Final

from graph.errors import InputError, LoadRefused
from graph.exports.backup_file import check_backup, read_backup, write_backup
from graph.exports.judgements import place_judgements, read_judgements
from graph.store.connection import Connection, Row
from graph.store.contents import Sort, stream_contents, what_loads_change
from graph.store.refresh import refresh_view
from graph.store.restore import (
    begin_restore,
    finish_restore,
    restore_claims,
    restore_corrections,
    restore_tombstones,
    restore_versions,
)
from graph.store.writer import apply_schema

__all__ = ["back_up", "check_backup", "restore"]

BATCH: Final = 5_000

Advance = Callable[[int], None]


def back_up(
    connection: Connection, path: Path, advance: Advance = lambda _: None, *, judgements: Path | None = None
) -> dict[str, int]:
    """Writes the backup to `path`, which is complete or not there; returns the number of lines of each sort.

    `judgements` is the folder of one's own files of judgements: those that ship are not written down.

    Raises LoadRefused where a restore is unfinished, or a load wrote to the graph meanwhile: Neo4j gives no view of one
    moment, not even within a transaction.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        before = what_loads_change(connection)
        counts = write_backup(unfinished, chain(read_judgements(judgements), _lines(connection, advance)))
        if what_loads_change(connection) != before:
            raise LoadRefused("a load wrote to the graph during the backup", hint="let it end, and back up again")
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"the backup cannot be written: {error.strerror or error}", where=str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return counts


def restore(
    connection: Connection,
    path: Path,
    advance: Advance = lambda _: None,
    *,
    judgements: Path | None = None,
    checked: bool = False,
) -> dict[str, int]:
    """Brings back a backup into an empty graph, and the files of judgements into the folder `judgements`.

    What a restore left that broke off is removed first. With `checked`, `check_backup` has been called already and is
    not called again. Raises LoadRefused where the graph holds something already, and InputError where the folder holds
    a file of the same name with other judgements.
    """
    if not checked:
        check_backup(path, judgements)
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
    files: list[Row] = []
    lines = read_backup(path)
    while batch := list(islice(lines, BATCH)):
        loads += [row for kind, row in batch if kind == "load"]
        files += [row for kind, row in batch if kind == "judgements"]
        for sort, write in writers.items():
            rows = [row for kind, row in batch if kind == sort]
            if rows:
                write(connection, rows)
        counts.update(sort for sort, _ in batch)
        advance(len(batch))
    refresh_view(connection)
    if judgements is not None:
        place_judgements(files, judgements)
    connection.transact(partial(finish_restore, loads=loads))
    return dict(counts)


def _lines(connection: Connection, advance: Advance) -> Iterator[tuple[Sort, Row]]:
    for line in stream_contents(connection):
        yield line
        advance(1)
