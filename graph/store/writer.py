"""Writes loads: claims in batches, each whole or not at all; running twice equals running once.

A load that breaks off is taken up again by loading the same input: what is there is recognised by its id, and the time
of recording is that of the first attempt, so that the graph ends up the same as without the break.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Protocol
from uuid import uuid4

from neo4j import ManagedTransaction
from pydantic import BaseModel, ConfigDict

from graph.errors import LoadRefused
from graph.schema import SCHEMA
from graph.schema.constraints import schema_statements
from graph.schema.loads import Closing, LoadRequest
from graph.store.batches import BatchWork, batches, check_load, sort_out
from graph.store.closings import Vanished, close_claims, find_vanished
from graph.store.connection import Connection, Row
from graph.store.recent import RecentClaims
from graph.store.refresh import refresh_recent, refresh_view
from graph.store.rows import claim_row, live_claim
from graph.store.seen import SeenClaims
from graph.store.shrinkage import refuse_shrinkage
from graph.store.statements import statement
from graph.store.versions import STEP_BACK, check_versions, find_step_back, version_days, write_versions

__all__ = ["LoadReport", "Stage", "apply_schema", "load_properties", "say_nothing", "write_load"]

BATCH: Final = 5_000
"""Claims a transaction; from 2,000 upwards the speed hardly changes, and 5,000 stay under 100 MB on the server."""
SCHEMA_VERSION: Final = 2
"""Raised when the same input gives other claims or another view, so that it is loaded again."""


class Stage(Protocol):
    """Told how far a load is: `total` is None where it is not known."""

    def __call__(self, name: str, done: int, total: int | None) -> None: ...


def say_nothing(name: str, done: int, total: int | None) -> None:  # the shape of a Stage
    pass


class LoadReport(BaseModel):
    """What a load changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    load: str
    source: str
    outcome: str
    """`loaded`, `resumed`, `unchanged`, or `stepped back` where the versions are older than those loaded before."""
    new: int = 0
    unchanged: int = 0
    moved: int = 0
    """Claims that lead to another entity than before, because a judgement or an identifier joins it, or no longer."""
    returned: int = 0
    renewed: int = 0
    """Claims that are the same, but were read again: with another method, review, anchor or page."""
    cited_again: int = 0
    closed: int = 0
    refreshed: int = 0
    unmatched: tuple[str, ...] = ()
    """Claims that are to be withdrawn, redacted or corrected, and are not there."""


def apply_schema(connection: Connection, *, seconds: int = 300) -> None:
    """Brings constraints and indexes up to the schema where they are not, and waits for them, so long at most."""
    wanted = list(schema_statements(SCHEMA))
    there = {row["name"] for row in connection.execute("SHOW INDEXES YIELD name").rows}
    missing = [text for text in wanted if text.split()[3 if "FULLTEXT" in text else 2] not in there]
    if not missing:
        return
    for text in missing:
        connection.execute(text)
    connection.execute("CALL db.awaitIndexes($seconds)", {"seconds": seconds})


def write_load(
    connection: Connection,
    request: LoadRequest,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    stage: Stage = say_nothing,
    accept_shrinkage: bool = False,
    step_back: bool = False,
    again: bool = False,
) -> LoadReport:
    """Writes a load and brings the current view up to date.

    `request.claims` is gone through once, and once before that where the source was loaded earlier. With `again` an
    input that was loaded already is gone through all the same. Raises LoadRefused where the load would drop more than a
    tenth of what its source said before, where a version of a document comes with other bytes or, without `step_back`,
    is older than the one loaded last, or where another load takes over; StoreError where Neo4j does not write what it
    was asked to.
    """
    apply_schema(connection)
    loads = connection.read(statement("loads_of_source"), {"source": request.source})
    finished = [row for row in loads if row["status"] == "finished"]
    if finished and not again and _is_same(finished[0], request) and loads[0] is finished[0]:
        return LoadReport(load=finished[0]["id"], source=request.source, outcome="unchanged")
    older = find_step_back(request.versions, finished[0] if finished else None)
    if older is not None and not step_back:
        hint = "load the newer files; to go back to the older ones on purpose, add --step-back"
        raise LoadRefused(f"{request.source}: {older}, which is older", hint=hint)
    closings = {closing.claim: closing for closing in request.closings}
    vanished = _find_vanished(connection, request, loads, closings, stage) if loads else Vanished()
    if not accept_shrinkage:
        dropped = vanished.silent(closings)
        refuse_shrinkage(request, loads, vanished.said, dropped=dropped, said_before=vanished.said_before)
    check_versions(connection, request.versions)
    load = _begin(connection, request, loads, now(), is_step_back=older is not None)
    write_versions(connection, request.versions, partial(check_load, load=load.id, run=load.run))
    recent = None if closings or vanished.is_any else RecentClaims()
    counts, uncorrected = _write_claims(connection, request, load, stage, recent)
    counts["closed"], unmatched = close_claims(
        connection, closings, vanished, source=request.source, load=load.id, run=load.run, now=load.recorded_at,
        note=f"{STEP_BACK}: {older}" if older is not None else None,
    )  # fmt: skip
    waiting = connection.read(statement("count_stale"))[0]["entities"]
    counts["refreshed"] = refresh_view(connection, _Advance(stage, waiting), recent or RecentClaims())
    report = LoadReport(
        load=load.id, source=request.source, outcome=load.outcome, unmatched=(*unmatched, *uncorrected), **counts
    )
    connection.transact(partial(_finish, load=load, report=report, now=now()))
    return report


def _finish(transaction: ManagedTransaction, *, load: _Load, report: LoadReport, now: datetime) -> None:
    check_load(transaction, load.id, load.run)
    claims = report.new + report.unchanged + report.moved + report.returned + report.renewed
    transaction.run(statement("finish_load"), id=load.id, now=now, properties={"claims": claims}).consume()


def _find_vanished(
    connection: Connection, request: LoadRequest, loads: list[Row], closings: dict[str, Closing], stage: Stage
) -> Vanished:
    total = request.expected_claims
    stage("comparing", 0, total)
    return find_vanished(connection, request, loads, closings, lambda done: stage("comparing", done, total))


class _Advance:
    """Adds up what the refresh has done, of the `total` entities that wait for it."""

    def __init__(self, stage: Stage, total: int) -> None:
        self._stage = stage
        self._done = 0
        self._total = total
        stage("view", 0, total)

    def __call__(self, count: int) -> None:
        self._done += count
        self._stage("view", self._done, max(self._total, self._done))


@dataclass(frozen=True)
class _Load:
    """The load at work: `run` tells this run of it from others, `recorded_at` is that of its first run."""

    id: str
    run: str
    recorded_at: datetime
    outcome: str


def _is_same(load: dict[str, Any], request: LoadRequest) -> bool:
    return (load["fingerprint"], load["schema"]) == (request.fingerprint, SCHEMA_VERSION)


def _begin(
    connection: Connection, request: LoadRequest, loads: list[dict[str, Any]], now: datetime, *, is_step_back: bool
) -> _Load:
    """Begins a load, or takes one up again: the same input, broken off, with no load of any source since."""
    newest = loads[0] if loads else None
    is_taken_up = (
        newest is not None
        and newest["fingerprint"] == request.fingerprint
        and newest["status"] == "running"
        and newest["is_newest"]
    )
    same = sum(row["fingerprint"] == request.fingerprint for row in loads)
    load = newest["id"] if newest is not None and is_taken_up else f"load:{request.fingerprint[:16]}-{same + 1}"
    properties = {**load_properties(request), "step_back": is_step_back or None}
    run = uuid4().hex
    parameters = {
        "id": load, "run": run, "properties": properties, "now": now,
        "compared": sorted(f"{row['id']} {row['status']}" for row in loads),
    }  # fmt: skip

    def work(transaction: ManagedTransaction) -> datetime:
        # One after the other, and what was compared is looked at when nobody else can begin any more.
        transaction.run(statement("lock_loads")).consume()
        row = transaction.run(statement("begin_load"), parameters).single()
        if row is None:
            raise LoadRefused(
                f"another load of {request.source} came between, so this one was compared with what is no longer there",
                hint="load again; nothing was written",
            )
        transaction.run(statement("break_off_loads"), id=load).consume()
        began: datetime = row["recorded_at"]
        return began

    recorded_at = connection.transact(work)
    outcome = "stepped back" if is_step_back else "resumed" if is_taken_up else "loaded"
    return _Load(load, run, recorded_at, outcome)


def load_properties(request: LoadRequest) -> dict[str, Any]:
    """What a load keeps of what it was asked to write."""
    return {
        "loader": request.loader,
        "source": request.source,
        "fingerprint": request.fingerprint,
        "schema": SCHEMA_VERSION,
        "inputs": [f"{item.name} {item.sha256}" for item in request.inputs],
        "rows": [f"{item.name} {item.rows}" for item in request.inputs if item.rows is not None] or None,
        "versions": version_days(request.versions) or None,
    }


def _write_claims(
    connection: Connection, request: LoadRequest, load: _Load, stage: Stage, recent: RecentClaims | None
) -> tuple[Counter[str], list[str]]:
    """Writes the claims in batches, one at a time; while Neo4j works on one, the next is made ready.

    Returns the counts, and the claims that are to be corrected and are not there.

    With `recent` the view of entities that are complete goes along, so that their claims need not be read back; a load
    that also closes claims leaves all of the view to the end.
    """
    counts: Counter[str] = Counter()
    corrections: list[Row] = []
    done = 0
    writing: Future[None] | None = None
    stage("claims", 0, request.expected_claims)
    with SeenClaims() as written, ThreadPoolExecutor(max_workers=1) as background:
        for claims in batches(request.claims, BATCH):
            first = set(written.add(claim.id for claim in claims))
            # Of a claim that is made twice the first counts, in whatever batch the second one comes.
            fresh = list({claim.id: claim for claim in reversed(claims) if claim.id in first}.values())[::-1]
            batch = sort_out(connection, fresh, request.source)
            corrections += [{"id": claim.id, "corrects": claim.corrects} for claim in fresh if claim.corrects]
            rows = [claim_row(claim) for claim in batch.create]
            if writing is not None:
                writing.result()
                stage("claims", done, request.expected_claims)
            work = BatchWork(batch, rows, request.source, load.id, load.run, load.recorded_at)
            writing = background.submit(_write_batch, connection, work, recent)
            counts["new"] += len(batch.create) - len(batch.returns)
            counts["returned"] += len(batch.returns) - len(batch.renewed)
            counts["renewed"] += len(batch.renewed)
            counts["cited_again"] += len(batch.again)
            counts["unchanged"] += batch.unchanged
            counts["moved"] += len(batch.moved)
            done += len(claims)
        if writing is not None:
            writing.result()
            stage("claims", done, request.expected_claims)
    missing = connection.transact(partial(_correct, load=load, rows=corrections)) if corrections else []
    return counts, missing


def _correct(transaction: ManagedTransaction, *, load: _Load, rows: list[Row]) -> list[str]:
    check_load(transaction, load.id, load.run)
    return [row["missing"] for row in transaction.run(statement("create_corrections"), rows=rows)]


def _write_batch(connection: Connection, work: BatchWork, recent: RecentClaims | None) -> None:
    connection.transact(work)
    if recent is not None:
        recent.add(live_claim(row["properties"], [c["document"] for c in row["citations"]]) for row in work.rows)
        while recent.is_full:
            refresh_recent(connection, recent)
