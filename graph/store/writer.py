"""Writes loads: claims in batches, each whole or not at all; running twice equals running once.

A load that breaks off is taken up again by loading the same input: what is there is recognised by its id, and the time
of recording is that of the first attempt, so that the graph ends up the same as without the break.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, Protocol, TypeVar

from neo4j import ManagedTransaction
from pydantic import BaseModel, ConfigDict

from graph.errors import LoadRefused, StoreError
from graph.schema import SCHEMA, Claim, DocumentVersion
from graph.schema.constraints import schema_statements
from graph.schema.loads import Closing, LoadRequest
from graph.store.connection import Connection, run_write
from graph.store.recent import RecentClaims
from graph.store.refresh import refresh_recent, refresh_view
from graph.store.rows import claim_row, live_claim
from graph.store.seen import SeenClaims
from graph.store.statements import statement

__all__ = ["LoadReport", "Stage", "apply_schema", "merge_entities", "write_claim_rows", "write_load"]

logger = logging.getLogger(__name__)
T = TypeVar("T")

BATCH: Final = 5_000
"""Claims a transaction; from 2,000 upwards the speed hardly changes, and 5,000 stay under 100 MB on the server."""
SCHEMA_VERSION: Final = 1
"""Raised when the same input gives other claims or another view, so that it is loaded again."""
LARGEST_SHRINKAGE: Final = 0.1
"""The share of a source's claims that a load may drop without being told so."""


class Stage(Protocol):
    """Told how far a load is: `total` is None where it is not known."""

    def __call__(self, name: str, done: int, total: int | None) -> None: ...


def _say_nothing(name: str, done: int, total: int | None) -> None:  # the shape of a Stage
    pass


class LoadReport(BaseModel):
    """What a load changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    load: str
    source: str
    outcome: str
    """`loaded`, `resumed` or `unchanged`."""
    new: int = 0
    unchanged: int = 0
    returned: int = 0
    renewed: int = 0
    """Claims that are the same, but were read again: with another method, review, anchor or page."""
    cited_again: int = 0
    closed: int = 0
    refreshed: int = 0


@dataclass
class _Batch:
    """What one batch of claims means for the graph as it is."""

    create: list[Claim] = field(default_factory=list)
    returns: list[dict[str, Any]] = field(default_factory=list)
    renewed: list[dict[str, Any]] = field(default_factory=list)
    again: list[dict[str, Any]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    unchanged: int = 0


def apply_schema(connection: Connection) -> None:
    """Brings constraints and indexes up to the schema where they are not, and waits until they work."""
    wanted = list(schema_statements(SCHEMA))
    there = {row["name"] for row in connection.execute("SHOW INDEXES YIELD name").rows}
    missing = [text for text in wanted if text.split()[3 if "FULLTEXT" in text else 2] not in there]
    if not missing:
        return
    for text in missing:
        connection.execute(text)
    connection.execute("CALL db.awaitIndexes(300)")


def write_load(
    connection: Connection,
    request: LoadRequest,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    stage: Stage = _say_nothing,
    accept_shrinkage: bool = False,
    again: bool = False,
) -> LoadReport:
    """Writes a load and brings the current view up to date.

    `request.claims` is read once, and once before that where the source was loaded earlier. With `again` an input that
    was loaded already is gone through all the same. Raises LoadRefused where the load would drop more than a tenth of
    what its source said before, or where a version of a document comes with other bytes; StoreError where Neo4j does
    not write what it was asked to.
    """
    apply_schema(connection)
    loads = connection.read(statement("loads_of_source"), {"source": request.source})
    finished = [row for row in loads if row["status"] == "finished"]
    if finished and not again and _is_same(finished[0], request) and loads[0] is finished[0]:
        return LoadReport(load=finished[0]["id"], source=request.source, outcome="unchanged")
    closings = tuple(request.closings)
    with SeenClaims() as seen:
        vanished, said_before = _vanished(connection, request, loads, seen) if loads else ([], 0)
        if not accept_shrinkage:
            _refuse_shrinkage(request, closings, vanished, said_before)
        load, recorded_at, outcome = _begin(connection, request, loads, now())
        _write_versions(connection, request.versions)
        recent = None if closings or vanished else RecentClaims()
        counts = _write_claims(connection, request, load, recorded_at, stage, recent)
    counts["closed"] = _close(connection, closings, vanished, load, recorded_at)
    refreshed = refresh_view(connection, _Advance(stage), recent or RecentClaims())
    report = LoadReport(load=load, source=request.source, outcome=outcome, refreshed=refreshed, **counts)
    connection.write(
        statement("finish_load"),
        {
            "id": load,
            "now": now(),
            "properties": {"claims": report.new + report.unchanged + report.returned + report.renewed},
        },
    )
    return report


class _Advance:
    """Adds up what the refresh has done."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._done = 0

    def __call__(self, count: int) -> None:
        self._done += count
        self._stage("view", self._done, None)


def _is_same(load: dict[str, Any], request: LoadRequest) -> bool:
    return (load["fingerprint"], load["schema"]) == (request.fingerprint, SCHEMA_VERSION)


def _vanished(
    connection: Connection, request: LoadRequest, loads: list[dict[str, Any]], seen: SeenClaims
) -> tuple[list[dict[str, Any]], int]:
    """The live claims of this source that the new input no longer makes, and how many it made before."""
    for claims in _batches(request.claims, BATCH):
        seen.add(claim.id for claim in claims)
    missing = []
    live = 0
    for load in loads:
        for record in connection.stream(statement("live_claims_of_load"), {"load": load["id"]}):
            live += 1
            if not seen.holds(record["id"].partition("~")[0]):
                missing.append({"id": record["id"], "also_from": record["also_from"]})
    finished = next((load["claims"] for load in loads if load["claims"] is not None), 0)
    return missing, max(live, finished)


def _refuse_shrinkage(
    request: LoadRequest, closings: Iterable[Closing], vanished: list[dict[str, Any]], said_before: int
) -> None:
    announced = {closing.claim for closing in closings}
    silent = [row["id"] for row in vanished if row["id"] not in announced]
    if len(silent) > LARGEST_SHRINKAGE * said_before:
        raise LoadRefused(
            f"this load would drop {len(silent):,} of the {said_before:,} claims that {request.source} makes",
            hint="if that is right, load it again with --accept-shrinkage",
        )


def _begin(
    connection: Connection, request: LoadRequest, loads: list[dict[str, Any]], now: datetime
) -> tuple[str, datetime, str]:
    same = [row for row in loads if row["fingerprint"] == request.fingerprint]
    broken_off = next((row["id"] for row in same if row["status"] != "finished"), None)
    load = broken_off or f"load:{request.fingerprint[:16]}-{len(same) + 1}"
    properties = {
        "loader": request.loader,
        "source": request.source,
        "fingerprint": request.fingerprint,
        "schema": SCHEMA_VERSION,
        "inputs": [f"{item.name} {item.sha256}" for item in request.inputs],
    }
    row = connection.write(statement("begin_load"), {"id": load, "properties": properties, "now": now}).rows[0]
    connection.write(statement("abandon_loads"), {"source": request.source, "id": load})
    return load, row["recorded_at"], "resumed" if broken_off else "loaded"


def _write_versions(connection: Connection, versions: Iterable[DocumentVersion]) -> None:
    for batch in _batches(versions, BATCH):
        rows = [{"id": version.id, **version.model_dump()} for version in batch]

        def work(transaction: ManagedTransaction, rows: list[dict[str, Any]] = rows) -> list[dict[str, Any]]:
            merge_entities(transaction, {row["document"] for row in rows})
            return run_write(transaction, statement("merge_versions"), {"rows": rows}).rows

        there = {row["id"]: row["sha256"] for row in connection.transact(work)}
        for version in batch:
            if version.sha256 is not None and there[version.id] != version.sha256:
                raise LoadRefused(
                    f"{version.document} claims to be the version of {version.published or version.retrieved_at}, "
                    "but its bytes differ from those loaded before",
                    hint="give the new version its own `published` or `retrieved_at` date",
                )


def _write_claims(
    connection: Connection,
    request: LoadRequest,
    load: str,
    recorded_at: datetime,
    stage: Stage,
    recent: RecentClaims | None,
) -> Counter[str]:
    """Writes the claims in batches, one at a time; while Neo4j works on one, the next is made ready.

    With `recent` the view of entities that are complete goes along, so that their claims need not be read back; a load
    that also closes claims leaves all of the view to the end.
    """
    counts: Counter[str] = Counter()
    done = 0
    writing: Future[None] | None = None
    with SeenClaims() as written, ThreadPoolExecutor(max_workers=1) as background:
        for claims in _batches(request.claims, BATCH):
            first = set(written.add(claim.id for claim in claims))
            fresh = list({claim.id: claim for claim in claims if claim.id in first}.values())
            batch = _sort_out(connection, fresh, request.source)
            rows = [claim_row(claim) for claim in batch.create]
            if writing is not None:
                writing.result()
                stage("claims", done, request.expected_claims)
            work = _BatchWork(batch, rows, request.source, load, recorded_at)
            writing = background.submit(_write_batch, connection, work, recent)
            counts["new"] += len(batch.create) - len(batch.returns)
            counts["returned"] += len(batch.returns) - len(batch.renewed)
            counts["renewed"] += len(batch.renewed)
            counts["cited_again"] += len(batch.again)
            counts["unchanged"] += batch.unchanged
            done += len(claims)
        if writing is not None:
            writing.result()
            stage("claims", done, request.expected_claims)
    return counts


def _write_batch(connection: Connection, work: _BatchWork, recent: RecentClaims | None) -> None:
    connection.transact(work)
    if recent is not None:
        recent.add(live_claim(row["properties"], [c["document"] for c in row["citations"]]) for row in work.rows)
        while recent.is_full:
            refresh_recent(connection, recent)


def _sort_out(connection: Connection, claims: list[Claim], source: str) -> _Batch:
    """Which claims are new, which are there, and which come back after they were closed."""
    there = {row["id"]: row for row in connection.read(statement("existing_claims"), {"ids": [c.id for c in claims]})}
    batch = _Batch()
    for claim in claims:
        row = there.get(claim.id)
        if row is None:
            batch.create.append(claim)
        elif row["redacted"]:
            logger.info("%s is redacted and stays so", claim.id)
        elif row["closed"] or _was_read_anew(claim, row):
            returned = f"{claim.id}~{row['returns'] + 2}"
            batch.create.append(claim.model_copy(update={"id": returned}))
            batch.returns.append({"id": claim.id, "returned_as": returned, "returns": row["returns"] + 1})
            if not row["closed"]:
                batch.renewed.append({"id": row["current"], "reason": "source_changed", "note": "read again"})
        else:
            batch.unchanged += 1
            _note_again(batch, claim, row, source)
    return batch


def _was_read_anew(claim: Claim, row: dict[str, Any]) -> bool:
    """Whether what does not make a claim another one has changed: how it was read, and where exactly."""
    if (claim.method, claim.review, claim.deprecated) != (row["method"], row["review"], row["deprecated"]):
        return True
    citation = claim.citations[0]
    places = [place for place in row["places"] if place["version"] == citation.version]
    return bool(places) and (citation.anchor, citation.page) not in {(p["anchor"], p["page"]) for p in places}


def _note_again(batch: _Batch, claim: Claim, row: dict[str, Any], source: str) -> None:
    if row["source"] != source and source not in row["also_from"]:
        batch.also.append(row["current"])
    citation = claim.citations[0]
    if citation.version is not None and citation.version not in {place["version"] for place in row["places"]}:
        batch.again.append(
            {
                "id": row["current"],
                "document": citation.document,
                "properties": {k: v for k, v in citation.model_dump(exclude={"document"}).items() if v is not None},
                "from_latest": claim.bounds.from_latest,
                "until_earliest": claim.bounds.until_earliest,
            }
        )


@dataclass(frozen=True)
class _BatchWork:
    """Writes one batch in one transaction and compares what Neo4j did with what it was asked."""

    batch: _Batch
    rows: list[dict[str, Any]]
    source: str
    load: str
    recorded_at: datetime

    def __call__(self, transaction: ManagedTransaction) -> None:
        claims = self.batch.create
        merge_entities(transaction, _mentioned(claims))
        if claims:
            transaction.run(statement("mark_stale"), ids=sorted({claim.subject for claim in claims})).consume()
        write_claim_rows(
            transaction, self.rows, {"recorded_at": self.recorded_at, "load": self.load, "source": self.source}
        )
        self._link(transaction, "create_speakers", [{"id": c.id, "said_by": c.said_by} for c in claims if c.said_by])
        corrections = [{"id": c.id, "corrects": c.corrects} for c in claims if c.corrects]
        if corrections:
            transaction.run(statement("create_corrections"), rows=corrections).consume()
        if self.batch.renewed:
            parameters = {"rows": self.batch.renewed, "now": self.recorded_at, "load": self.load}
            transaction.run(statement("close_claims"), parameters).consume()
        if self.batch.returns:
            transaction.run(statement("note_returns"), rows=self.batch.returns).consume()
        if self.batch.also:
            transaction.run(statement("add_sources"), ids=self.batch.also, source=self.source).consume()
        if self.batch.again:
            transaction.run(statement("add_citations"), rows=self.batch.again, now=self.recorded_at).consume()

    def _link(self, transaction: ManagedTransaction, name: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            counters = run_write(transaction, statement(name), {"rows": rows}).counters
            _compare("speakers of claims", len(rows), counters.get("relationships_created", 0))


def write_claim_rows(
    transaction: ManagedTransaction, rows: list[dict[str, Any]], common: dict[str, Any] | None = None
) -> None:
    """Creates claims with their links; raises StoreError where Neo4j writes fewer than it was asked to.

    `common` are properties that all of them have.
    """
    for name, chosen, links in (
        ("create_value_claims", [row for row in rows if "object" not in row], 1),
        ("create_relationship_claims", [row for row in rows if "object" in row], 2),
    ):
        if chosen:
            counters = run_write(transaction, statement(name), {"rows": chosen, "common": common or {}}).counters
            citations = sum(len(row["citations"]) for row in chosen)
            _compare("claims", len(chosen), counters.get("nodes_created", 0))
            _compare("links of claims", links * len(chosen) + citations, counters.get("relationships_created", 0))


def _compare(what: str, asked: int, written: int) -> None:
    if asked != written:
        raise StoreError(
            f"{asked:,} {what} were to be written, but Neo4j wrote {written:,}; the batch is rolled back",
            hint="an entity that a claim mentions may have been deleted by hand; load again",
        )


def _mentioned(claims: list[Claim]) -> set[str]:
    mentioned = {claim.subject for claim in claims}
    mentioned |= {claim.object for claim in claims if claim.object is not None}
    mentioned |= {claim.said_by for claim in claims if claim.said_by is not None}
    return mentioned | {citation.document for claim in claims for citation in claim.citations}


def merge_entities(transaction: ManagedTransaction, entities: set[str]) -> None:
    """Makes sure that entities exist, each with the label of its kind."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for entity in sorted(entities):
        by_label[SCHEMA.kind_of(entity).label].append(entity)
    for label, ids in sorted(by_label.items()):
        transaction.run(statement("merge_entities", LABEL=label), ids=ids).consume()


def _close(
    connection: Connection,
    closings: Iterable[Closing],
    vanished: list[dict[str, Any]],
    load: str,
    now: datetime,
) -> int:
    """Closes what the input withdraws, and what its source no longer says; another source's claims go over to it."""
    reasons = {closing.claim: closing for closing in closings}
    handed_over = [row for row in vanished if row["also_from"] and row["id"] not in reasons]
    rows: list[dict[str, Any]] = [
        {"id": closing.claim, "reason": closing.reason, "note": closing.note}
        for closing in reasons.values()
        if closing.reason != "redacted"
    ]
    rows += [
        {"id": row["id"], "reason": "source_changed", "note": None}
        for row in vanished
        if row["id"] not in reasons and not row["also_from"]
    ]
    redacted = [{"id": c.claim, "note": c.note} for c in reasons.values() if c.reason == "redacted"]
    closed = 0
    for batch in _batches(rows, BATCH):
        parameters = {"rows": batch, "now": now, "load": load}
        closed += len(connection.write(statement("close_claims"), parameters).rows)
    if redacted:
        connection.write(statement("redact_claims"), {"rows": redacted, "now": now, "load": load})
        closed += len(redacted)
    if handed_over:
        _hand_over(connection, handed_over)
    return closed


def _hand_over(connection: Connection, vanished: list[dict[str, Any]]) -> None:
    rows = []
    for row in vanished:
        heir, *rest = row["also_from"]
        loads = connection.read(statement("loads_of_source"), {"source": heir})
        rows.append(
            {"id": row["id"], "source": heir, "load": loads[0]["id"] if loads else None, "also_from": rest or None}
        )
    connection.write(statement("hand_over_claims"), {"rows": rows})


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
