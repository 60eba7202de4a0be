"""A bulk load from its beginning to its end; see the package for the why.

Memory is bounded: claims go to disk as they come, and are worked on in parts. Until the new store is put in place the
old one is not touched, so a break before that leaves no trace; after it, the next command finishes what was begun.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

from graph.errors import LocalServerError
from graph.schema import Claim
from graph.schema.loads import LoadRequest
from graph.settings import Settings
from graph.store.bulk.aggregate import ENTITIES, MENTION, Written
from graph.store.bulk.csv_files import CsvFiles, Shape
from graph.store.bulk.existing import Existing, read_existing
from graph.store.bulk.importing import CSV_FOLDER, import_store
from graph.store.bulk.merging import merge_small
from graph.store.bulk.notes import Notes
from graph.store.bulk.partitions import Partitions
from graph.store.bulk.proof import make_proof
from graph.store.bulk.readings import LoadMark
from graph.store.bulk.sample import Sample
from graph.store.bulk.settling import bulk_lock, settle
from graph.store.bulk.unsuited import Unsuited
from graph.store.bulk.working import work_on
from graph.store.connection import Connection, connect
from graph.store.contents import what_loads_change
from graph.store.local import LocalServer
from graph.store.local.lock import hold_lock
from graph.store.rows import claim_row
from graph.store.statements import statement
from graph.store.writer import LoadReport, Stage, load_properties, say_nothing

__all__ = ["Built", "BulkLoad"]

_log = logging.getLogger(__name__)
_REMEMBERED: Final = 100_000
"""Entities of which it is remembered that they were mentioned; beyond that some are noted more than once."""
_NAMED_UTC: Final = timezone(timedelta(0), "UTC")
_TELL_EVERY: Final = 2_000


@dataclass(frozen=True)
class Built:
    """A new graph as CSV, and what was counted in it."""

    folder: Path
    shapes: dict[str, Shape]
    counts: Counter[str]
    sample: Sample
    reports: list[LoadReport]


@dataclass
class _Load:
    request: LoadRequest
    mark: LoadMark
    begun: datetime
    claims: int = 0


@dataclass
class _Mentioned:
    """Notes entities that have to be there, most of them once."""

    partitions: Partitions
    recent: set[str] = field(default_factory=set)

    def __call__(self, entity: str) -> None:
        if entity not in self.recent:
            if len(self.recent) >= _REMEMBERED:
                self.recent.clear()
            self.recent.add(entity)
            self.partitions.add(entity, MENTION)


class BulkLoad:
    """Use it in a `with`: `add` loads, then `finish`. Whatever raises before that leaves the graph as it is.

    `keep_facts` keeps in `notes` by what the records of one load are found from the next.
    """

    def __init__(
        self,
        connection: Connection,
        settings: Settings,
        *,
        stage: Stage = say_nothing,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        keep_facts: bool = False,
        processes: int | None = None,
    ) -> None:
        self._connection = connection
        self._settings = settings
        self._server = LocalServer(settings)
        self._now = now
        self._stage = stage
        self._keep_facts = keep_facts
        self._processes = processes
        # A name of its own for each run: a tool that outlives a killed run still writes into the folder of that one.
        self._home = self._server.work / uuid4().hex[:8]
        self._loads: list[_Load] = []
        self._built: Built | None = None
        self._resources = ExitStack()
        self.seconds: dict[str, float] = {}
        """How long each step took."""

    def __enter__(self) -> Self:
        try:
            self._resources.enter_context(hold_lock(bulk_lock(self._server), seconds=0))
        except LocalServerError as error:
            raise Unsuited("another bulk load is at work") from error
        self._resources.callback(shutil.rmtree, self._server.work, ignore_errors=True)
        try:
            self._begin()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._resources.close()

    def _begin(self) -> None:
        if self._connection.database != "neo4j":
            raise Unsuited("only the database neo4j is loaded in bulk")
        shutil.rmtree(self._server.work, ignore_errors=True)
        (self._home / CSV_FOLDER).mkdir(parents=True)
        self._files = CsvFiles(self._home / CSV_FOLDER, 0)
        self.notes = Notes(self._home / "notes.sqlite")
        self._resources.callback(self.notes.close)
        self._partitions = self._resources.enter_context(Partitions(self._home / "records"))
        self._mention = _Mentioned(self._partitions)
        begun = time.monotonic()
        self._take_over()
        self._before = what_loads_change(self._connection)
        self._existing = self._read_existing()
        self.seconds["reading what is there"] = time.monotonic() - begun

    def _take_over(self) -> None:
        self._connection.write(statement("break_off_loads"), {"id": ""})

    def _read_existing(self) -> Existing:
        def tell(done: int, total: int) -> None:
            self._stage("reading what is there", done, total)

        return read_existing(self._connection, self._partitions, self._files, self.notes, self._mention, tell)

    def add(self, request: LoadRequest) -> None:
        """Adds the claims of a load, going through them once.

        Raises Unsuited where the source was loaded before, or the load also ends claims; LoadRefused where a version
        of a document comes with other bytes.
        """
        if request.source in self._existing.sources or any(
            load.request.source == request.source for load in self._loads
        ):
            raise Unsuited(f"{request.source} was loaded before")
        if tuple(request.closings):
            raise Unsuited(f"{request.source} ends claims")
        begun, now = time.monotonic(), self._now()
        name = f"load:{request.fingerprint[:16]}-1"
        # Claims get the moment that the batched writer reads back from its load: in a zone with a name.
        moment = now.replace(tzinfo=_NAMED_UTC) if now.tzinfo is UTC else now
        load = _Load(request, LoadMark(len(self._loads) + 1, name, request.source, moment), now)
        for version in request.versions:
            self.notes.add_version(version)
            self._mention(version.document)
        for claim in request.claims:
            self._add_claim(claim, load)
            load.claims += 1
            if load.claims % _TELL_EVERY == 0:
                self._stage(f"{request.source}: claims", load.claims, request.expected_claims)
        self._loads.append(load)
        self.seconds["claims"] = self.seconds.get("claims", 0.0) + time.monotonic() - begun

    def _add_claim(self, claim: Claim, load: _Load) -> None:
        if claim.corrects is not None:
            raise Unsuited(f"{load.request.source} corrects claims")
        if self.notes.is_redacted(claim.id):
            _log.info("%s is redacted and stays so", claim.id)
            return
        if self._keep_facts:
            self.notes.keep_fact(claim, load.request.source)
        row = claim_row(claim)
        row["said_by"] = claim.said_by
        self._partitions.add(claim.subject, (load.mark.number, row))
        for entity in (claim.object, claim.said_by, *(citation.document for citation in claim.citations)):
            if entity is not None:
                self._mention(entity)

    def finish(self) -> list[LoadReport]:
        """Builds the new store and puts it in the place of the old one; the connection then leads to it.

        Raises Unsuited where something in the graph or the claims does not fit, or where another load wrote meanwhile,
        LocalServerError where the import fails; then the old store runs as before.
        """
        built = self._built or self.build()
        self._step("import", lambda: self._import(built.shapes))
        # A load that began meanwhile does not come to its end any more: it would be lost with the old store.
        self._take_over()
        if what_loads_change(self._connection) != self._before:
            raise Unsuited("another load wrote to the graph meanwhile")
        self._put_in_place(make_proof(built.counts, built.sample))
        return built.reports

    def _import(self, shapes: dict[str, Shape]) -> None:
        import_store(self._server, self._home, shapes, lambda percent: self._stage("import", percent, 100))

    def build(self) -> Built:
        """Works out the new graph and writes it as CSV; the first part of `finish`."""
        self._partitions.close()
        total = sum(load.claims for load in self._loads) + self._existing.claims
        marks = tuple(load.mark for load in self._loads)
        begun = time.monotonic()
        written = work_on(
            self._partitions.paths, self._home / CSV_FOLDER, marks, self._stage, total=total, processes=self._processes
        )
        reports = [self._report(load, written) for load in self._loads]
        for version in self.notes.versions():
            self._write_version(version)
        for load, report in zip(self._loads, reports, strict=True):
            self._files.node("load", ("Load",), _load_properties(load, report, self._now()))
        shapes, counts = self._files.close()
        folder = self._home / CSV_FOLDER
        shapes = merge_small(folder, {**written.shapes, **shapes})
        self.seconds["view and CSV"] = time.monotonic() - begun
        self._built = Built(folder, shapes, written.counts + counts, written.sample, reports)
        return self._built

    def _write_version(self, version: dict[str, Any]) -> None:
        document = version.pop("document")
        properties = {name: value for name, value in version.items() if value is not None}
        self._files.node("version", ("Version",), properties)
        self._files.relationship(("version", version["id"]), "VERSION_OF", (ENTITIES, document))

    def _report(self, load: _Load, written: Written) -> LoadReport:
        names = ("new", "unchanged", "returned", "renewed", "cited_again")
        counts = {name: written.by_load[load.mark.number, name] for name in names}
        return LoadReport(
            load=load.mark.load,
            source=load.request.source,
            outcome="loaded",
            closed=0,
            refreshed=written.entities if load is self._loads[-1] else 0,
            **counts,
        )

    def _step(self, name: str, work: Callable[[], Any]) -> Any:
        self._stage(name, 0, None)
        begun = time.monotonic()
        result = work()
        self.seconds[name] = time.monotonic() - begun
        return result

    def _put_in_place(self, proof: dict[str, Any]) -> None:
        def progress(what: str, done: int, total: int, /) -> None:
            self._stage(what, done, total)

        self._stage("stopping Neo4j", 0, None)
        try:
            stopping, starting = self._server.replace(self._home / "data", proof, progress=progress)
        except BaseException:
            self._server.up(progress=progress)
            self._connection.take_over(connect(self._settings, start=False))
            raise
        self.seconds |= {"stop": stopping, "start": starting}
        self._connection.take_over(connect(self._settings, start=False))
        begun = time.monotonic()
        taken = settle(self._connection, self._server, lambda what: self._stage(what, 0, None))
        self.seconds["indexes"] = taken or 0.0
        self.seconds["proof"] = time.monotonic() - begun - (taken or 0.0)


def _load_properties(load: _Load, report: LoadReport, now: datetime) -> dict[str, Any]:
    """The node of a load, as the batched writer leaves it."""
    given = {name: value for name, value in load_properties(load.request).items() if value is not None}
    return {
        "id": load.mark.load,
        **given,
        "recorded_at": load.begun,
        "started_at": load.begun,
        "finished_at": now,
        "status": "finished",
        "claims": report.new + report.unchanged + report.returned + report.renewed,
    }
