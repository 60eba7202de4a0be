"""What the graph holds already, streamed out for the new store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j.time import Date, DateTime

from graph.store.bulk.aggregate import CLAIMS
from graph.store.bulk.csv_files import CsvFiles
from graph.store.bulk.notes import Notes
from graph.store.bulk.partitions import Partitions
from graph.store.bulk.unsuited import Unsuited
from graph.store.connection import Connection, Row
from graph.store.contents import stream_contents, stream_entities
from graph.store.statements import statement

__all__ = ["Existing", "read_existing"]


@dataclass
class Existing:
    """What was found; `sources` are those that were loaded."""

    claims: int = 0
    sources: set[str] = field(default_factory=set)


@dataclass
class _Reader:
    partitions: Partitions
    files: CsvFiles
    notes: Notes
    mention: Callable[[str], None]
    found: Existing = field(default_factory=Existing)

    def load(self, row: Row) -> None:
        properties = {name: _without_name(value) for name, value in _native(row["properties"]).items()}
        self.found.sources.add(properties.get("source", ""))
        if properties.get("status") == "running":
            # As when any other load begins: whoever was at work is not any more.
            properties["status"] = "broken off"
            properties.pop("run", None)
        self.files.node("load", ("Load",), _id_first(properties))

    def version(self, row: Row) -> None:
        self.notes.keep_version(row)
        self.mention(row["document"])

    def claim(self, row: Row) -> None:
        properties = _native(row["properties"])
        if not {"subject", "predicate"} <= properties.keys():
            raise Unsuited(f"the claim {row['id']} lacks what every claim has")
        citations = [{"document": at["document"], "properties": _native(at["properties"])} for at in row["citations"]]
        record = {"properties": _id_first(properties), "citations": citations, "said_by": row["said_by"]}
        self.partitions.add(properties["subject"], (0, record))
        for entity in (properties.get("object"), row["said_by"], *(at["document"] for at in citations)):
            if entity is not None:
                self.mention(entity)
        self.found.claims += 1

    def tombstone(self, row: Row) -> None:
        self.notes.keep_tombstone(row["id"].partition("~")[0])
        self.files.node(CLAIMS, ("Claim",), _id_first(_native(row["properties"])))

    def correction(self, row: Row) -> None:
        self.files.relationship((CLAIMS, row["id"]), "CORRECTS", (CLAIMS, row["corrects"]))


def read_existing(
    connection: Connection,
    partitions: Partitions,
    files: CsvFiles,
    notes: Notes,
    mention: Callable[[str], None],
    tell: Callable[[int, int], None],
) -> Existing:
    """Puts claims and entities to the records, and loads, redacted claims and corrections into the files.

    Raises Unsuited where the graph holds what no load made: a new store would lack it.
    """
    if connection.read(statement("has_foreign_nodes"))[0]["foreign"]:
        raise Unsuited("the graph holds nodes that no load made", hint="`inquiry check --graph` names them")
    total = connection.read(statement("count_loaded"))[0]["claims"]
    reader = _Reader(partitions, files, notes, mention)
    for sort, row in stream_contents(connection):
        getattr(reader, sort)(row)
        if sort == "claim" and reader.found.claims % 5_000 == 0:
            tell(reader.found.claims, total)
    for entity in stream_entities(connection):
        mention(entity)
    return reader.found


def _native(properties: Row) -> Row:
    """Properties with the driver's dates as Python's, also in lists."""
    return {name: _as_native(value) for name, value in properties.items()}


def _as_native(value: Any) -> Any:
    if isinstance(value, Date | DateTime):
        return value.to_native()
    return [_as_native(item) for item in value] if isinstance(value, list) else value


def _without_name(value: Any) -> Any:
    """The moments of a load are in UTC without the name that the driver gives it."""
    is_utc = isinstance(value, datetime) and value.utcoffset() == timedelta(0)
    return value.replace(tzinfo=UTC) if is_utc else value


def _id_first(properties: Row) -> Row:
    return {"id": properties["id"], **properties}
