"""Backup and restore: claims, versions and loads as gzip NDJSON; everything else is derived from them.

The file works on any server and across versions of Neo4j. Its first line says what it is, its last how many lines of
each sort it holds, so that a truncated file is noticed.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from neo4j.time import Date, DateTime

from graph.errors import InputError, LoadRefused
from graph.store.connection import Connection, Row
from graph.store.refresh import refresh_view
from graph.store.restore import restore_claims, restore_corrections, restore_loads, restore_tombstones, restore_versions
from graph.store.statements import statement
from graph.store.writer import apply_schema

__all__ = ["back_up", "check_backup", "restore"]

FORMAT: Final = "inquiry-graph backup 1"
BATCH: Final = 5_000

Advance = Callable[[int], None]


def back_up(connection: Connection, path: Path, advance: Advance = lambda _: None) -> dict[str, int]:
    """Writes the backup to `path`, which is complete or not there; returns the number of lines of each sort."""
    counts: Counter[str] = Counter()
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=6) as file:
            file.write(json.dumps({"format": FORMAT}) + "\n")
            for sort, row in _lines(connection):
                file.write(json.dumps({sort: row}, ensure_ascii=False, sort_keys=True, default=_as_json) + "\n")
                counts[sort] += 1
                advance(1)
            file.write(json.dumps({"end": dict(counts)}) + "\n")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise InputError(f"the backup cannot be written: {error.strerror or error}", where=str(path)) from error
    return dict(counts)


def check_backup(path: Path) -> None:
    """Raises InputError where the file is no backup, or not a whole one; needs no database."""
    counts: Counter[str] = Counter()
    end = None
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            first = json.loads(next(file, "{}"))
            if first.get("format") != FORMAT:
                raise InputError("this is not a backup of Inquiry Graph", where=str(path))
            for line in file:
                sort, row = next(iter(json.loads(line).items()))
                if sort == "end":
                    end = row
                else:
                    counts[sort] += 1
    except (OSError, EOFError, ValueError, AttributeError, StopIteration, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error or type(error).__name__
        raise InputError(
            f"the backup cannot be read: {reason}", where=str(path), hint="take another copy of it"
        ) from error
    if end != dict(counts):
        raise InputError("the backup is not whole: its end is missing", where=str(path), hint="take another copy of it")


def restore(
    connection: Connection, path: Path, advance: Advance = lambda _: None, *, checked: bool = False
) -> dict[str, int]:
    """Brings back a backup into an empty graph; raises LoadRefused where the graph holds something already.

    With `checked`, `check_backup` has been called already and is not called again.
    """
    if not checked:
        check_backup(path)
    apply_schema(connection)
    if not connection.read(statement("is_empty"))[0]["empty"]:
        raise LoadRefused(
            "the graph is not empty", hint="restore into an empty one: another INQUIRY_DATA_DIR or INQUIRY_NEO4J_URI"
        )
    writers: dict[str, Callable[[Connection, list[Row]], None]] = {
        "load": restore_loads,
        "version": restore_versions,
        "claim": restore_claims,
        "tombstone": restore_tombstones,
        "correction": restore_corrections,
    }
    counts: Counter[str] = Counter()
    lines = _read(path)
    while batch := list(islice(lines, BATCH)):
        for sort, write in writers.items():
            rows = [row for kind, row in batch if kind == sort]
            if rows:
                write(connection, rows)
                counts[sort] += len(rows)
        advance(len(batch))
    refresh_view(connection)
    return dict(counts)


def _lines(connection: Connection) -> Iterator[tuple[str, Row]]:
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


def _as_json(value: Any) -> Any:
    if isinstance(value, DateTime | datetime):
        return {"$moment": value.iso_format() if isinstance(value, DateTime) else value.isoformat()}
    if isinstance(value, Date | date):
        return {"$day": value.iso_format() if isinstance(value, Date) else value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _from_json(value: dict[str, Any]) -> Any:
    if "$day" in value:
        return Date.from_iso_format(value["$day"])
    if "$moment" in value:
        return DateTime.from_iso_format(value["$moment"])
    return value


def _read(path: Path) -> Iterator[tuple[str, Row]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            sort, row = next(iter(json.loads(line, object_hook=_from_json).items()))
            if sort not in {"format", "end"}:
                yield sort, row
