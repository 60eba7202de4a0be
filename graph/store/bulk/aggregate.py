"""From the records of some entities to their part of the new graph: claims with their links, and the plain view.

Runs in several processes, each with files of its own; the same functions make the view as everywhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.store.bulk.csv_files import CsvFiles, Shape
from graph.store.bulk.partitions import read_records, small_files
from graph.store.bulk.readings import LoadMark, Reading, add_reading
from graph.store.bulk.sample import Sample
from graph.store.rows import LiveClaim, live_claim
from graph.store.view import contested_claims, plain_entity

__all__ = ["CLAIMS", "ENTITIES", "MENTION", "Written", "aggregate"]

Row = dict[str, Any]
ENTITIES: Final = "e"
CLAIMS: Final = "c"
MENTION: Final = None
"""The record of an entity that something mentions, or that was there."""


@dataclass
class Written:
    """What one process wrote: the shapes of its files, how much of what, what the loads changed, and a sample."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    by_load: Counter[tuple[int, str]] = field(default_factory=Counter)
    sample: Sample = field(default_factory=Sample)
    entities: int = 0


class _Aggregation:
    def __init__(self, marks: Iterable[LoadMark], files: CsvFiles) -> None:
        self._marks = {mark.number: mark for mark in marks}
        self._files = files
        self.written = Written()

    def run(self, path: Path) -> int:
        """All entities of one file of records; returns how many claims there were."""
        claims: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        entities: set[str] = set()
        for key, record in read_records(path):
            if record is not MENTION:
                claims[record[1]["properties"]["id"].partition("~")[0]].append(record)
            entities.add(key)
        by_subject: dict[str, list[Reading]] = defaultdict(list)
        for records in claims.values():
            for reading in self._readings(records):
                by_subject[reading.properties["subject"]].append(reading)
        for entity in sorted(entities):
            self._write(entity, by_subject.get(entity, []))
        self.written.entities += len(entities)
        return len(claims)

    def _readings(self, records: list[tuple[int, Row]]) -> list[Reading]:
        """The readings of one claim, after all loads, in their order; of what a load says twice the first counts."""
        readings = [Reading(row["properties"], row["citations"], row["said_by"]) for n, row in records if not n]
        said = {number: row for number, row in reversed(records) if number}
        for number in sorted(said):
            add_reading(readings, said[number], self._marks[number], self.written.by_load)
        return readings

    def _write(self, entity: str, readings: list[Reading]) -> None:
        live = {r.id: _live(r) for r in readings if "retracted_at" not in r.properties and r.citations}
        claims = [live[id_] for id_ in sorted(live)]
        contested = contested_claims(entity, claims) if len(claims) > 1 else set()
        # The first of the loads begins with the marks that are there.
        for number in sorted({r.closed for r in readings if r.closed is not None and r.closed > 1}):
            contested |= contested_claims(entity, list(_before(number, readings)))
        plain = plain_entity(entity, claims)
        labels = ("Entity", *sorted(plain.labels - {"Entity"}))
        self._files.node(ENTITIES, labels, plain.properties)
        self.written.sample.offer(entity, plain.properties)
        for link in plain.relationships:
            self._files.relationship((ENTITIES, entity), link.type, (ENTITIES, link.object), link.properties)
        for reading in readings:
            if reading.id in contested:
                reading.properties["contested"] = True
            self._write_claim(entity, reading)

    def _write_claim(self, subject: str, reading: Reading) -> None:
        files, claim = self._files, (CLAIMS, reading.id)
        files.node(CLAIMS, ("Claim",), reading.properties)
        self.written.sample.offer(reading.id, reading.properties)
        files.relationship(claim, "SUBJECT", (ENTITIES, subject))
        target = reading.properties.get("object")
        if target is not None:
            files.relationship(claim, "OBJECT", (ENTITIES, target))
        for at in reading.citations:
            files.relationship(claim, "CITES", (ENTITIES, at["document"]), at["properties"])
        if reading.said_by is not None:
            files.relationship(claim, "SAID_BY", (ENTITIES, reading.said_by))


def _live(reading: Reading) -> LiveClaim:
    return live_claim(reading.properties, [at["document"] for at in reading.citations])


def _before(number: int, readings: list[Reading]) -> Iterator[LiveClaim]:
    """The claims that were live when the load of this number began."""
    for reading in sorted(readings, key=lambda r: r.id):
        if reading.opened < number <= reading.last:
            yield _live(reading)


def aggregate(paths: list[Path], folder: Path, part: int, marks: tuple[LoadMark, ...], done: Any = None) -> Written:
    """Works on these files of records one after the other; adds to `done`, a shared value, the claims that are."""
    files = CsvFiles(folder, part)
    work = _Aggregation(marks, files)
    for path in paths:
        for small in small_files(path):
            claims = work.run(small)
            small.unlink()
            if done is not None:
                with done.get_lock():
                    done.value += claims
    work.written.shapes, work.written.counts = files.close()
    return work.written
