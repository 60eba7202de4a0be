"""One batch of claims: what it means for the graph as it is, and its one transaction."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

from neo4j import ManagedTransaction

from graph.errors import LoadRefused, StoreError
from graph.schema import SCHEMA, Claim
from graph.store.connection import Connection, Row, run_write
from graph.store.rows import as_day, claim_row
from graph.store.statements import statement

__all__ = [
    "Batch",
    "BatchWork",
    "batches",
    "check_load",
    "compare_claims",
    "merge_entities",
    "sort_out",
    "write_claim_rows",
]

logger = logging.getLogger(__name__)
T = TypeVar("T")

_FIXED: Final = ("from_earliest", "until_latest")
_OF_FIRST_VERSION: Final = ("from_latest", "known_earliest", "known_latest")
"""Bounds that the first version gives which says so: the earliest counts."""
_MOVING: Final = ("subject", "object", "predicate", "joined", "single")
"""What changes of a claim when it leads to another entity; a source's name becomes an other name of what it joins."""


@dataclass
class Batch:
    """What one batch of claims means for the graph as it is."""

    create: list[Claim] = field(default_factory=list)
    returns: list[dict[str, Any]] = field(default_factory=list)
    renewed: list[dict[str, Any]] = field(default_factory=list)
    inherited: list[dict[str, Any]] = field(default_factory=list)
    """New readings of claims that other sources make too (`id`, `also_from`)."""
    again: list[dict[str, Any]] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    """Claims that lead to other entities than before, because a record was joined with another, or no longer is."""
    unchanged: int = 0


def sort_out(connection: Connection, claims: list[Claim], source: str) -> Batch:
    """Which claims are new, which are there, and which come back after they were closed."""
    there = {row["id"]: row for row in connection.read(statement("existing_claims"), {"ids": [c.id for c in claims]})}
    return compare_claims(claims, there, source)


def compare_claims(claims: list[Claim], there: Mapping[str, Row], source: str) -> Batch:
    """The same, where `there` is what is there of these claims, by their ids, as `existing_claims.cypher` gives it."""
    batch = Batch()
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
                others = [other for other in (row["source"], *row["also_from"]) if other != source]
                if others:
                    batch.inherited.append({"id": returned, "also_from": others})
        else:
            if _leads_elsewhere(claim, row):
                batch.moved.append(_move(claim, row))
            else:
                batch.unchanged += 1
            _note_again(batch, claim, row, source)
    return batch


def _leads_elsewhere(claim: Claim, row: dict[str, Any]) -> bool:
    return (claim.subject, claim.object, claim.predicate) != (row["subject"], row["object"], row["predicate"])


def _move(claim: Claim, row: dict[str, Any]) -> dict[str, Any]:
    properties = claim_row(claim)["properties"]
    return {
        "id": row["current"],
        "was": {"subject": row["subject"], "object": row["object"]},
        "subject": claim.subject,
        "subject_ref": properties["subject_ref"],
        "object": claim.object,
        "object_ref": properties.get("object_ref"),
        "properties": {name: properties.get(name) for name in _MOVING},
    }


def _was_read_anew(claim: Claim, row: dict[str, Any]) -> bool:
    """Whether what does not make a claim another one has changed: how it was read, where exactly, and its dates.

    Dates are compared where the claim cites a version that the graph has it from already; a newer version may reach
    further, and does not make known later what an older one said.
    """
    if (claim.method, claim.review, claim.deprecated) != (row["method"], row["review"], row["deprecated"]):
        return True
    citation = claim.citations[0]
    places = [place for place in row["places"] if place["version"] == citation.version]
    if not places:
        return False
    if (citation.anchor, citation.page) not in {(p["anchor"], p["page"]) for p in places}:
        return True
    if claim.register_state != (row["register"] is not None):
        return True
    properties = claim_row(claim)["properties"]
    is_of_one_version = len({place["version"] for place in row["places"]}) == 1
    if any(as_day(row[name]) != properties[name] for name in _FIXED):
        return True
    if any(
        as_day(row[name]) > properties[name] or (is_of_one_version and as_day(row[name]) < properties[name])
        for name in _OF_FIRST_VERSION
    ):
        return True
    return claim.bounds.until_earliest not in {as_day(day) for day in row["ends"]}


def _note_again(batch: Batch, claim: Claim, row: dict[str, Any], source: str) -> None:
    if row["source"] != source and source not in row["also_from"]:
        batch.also.append(row["current"])
    citation = claim.citations[0]
    if citation.version is not None and citation.version not in {place["version"] for place in row["places"]}:
        batch.again.append(
            {
                "id": row["current"],
                "document": citation.document,
                "properties": {k: v for k, v in citation.model_dump(exclude={"document"}).items() if v is not None},
                "until_earliest": claim.bounds.until_earliest,
            }
        )


@dataclass(frozen=True)
class BatchWork:
    """Writes one batch in one transaction and compares what Neo4j did with what it was asked."""

    batch: Batch
    rows: list[dict[str, Any]]
    source: str
    load: str
    run: str
    recorded_at: datetime

    def __call__(self, transaction: ManagedTransaction) -> None:
        check_load(transaction, self.load, self.run)
        claims = self.batch.create
        merge_entities(transaction, _mentioned(claims) | _moved_to(self.batch.moved))
        if self.batch.moved:
            self._move(transaction)
        if claims:
            transaction.run(statement("mark_stale"), ids=sorted({claim.subject for claim in claims})).consume()
        write_claim_rows(
            transaction, self.rows, {"recorded_at": self.recorded_at, "load": self.load, "source": self.source}
        )
        self._link(transaction, "create_speakers", [{"id": c.id, "said_by": c.said_by} for c in claims if c.said_by])
        if self.batch.renewed:
            parameters = {"rows": self.batch.renewed, "now": self.recorded_at, "load": self.load}
            transaction.run(statement("close_claims"), parameters).consume()
        if self.batch.returns:
            transaction.run(statement("note_returns"), rows=self.batch.returns).consume()
        if self.batch.inherited:
            transaction.run(statement("inherit_sources"), rows=self.batch.inherited).consume()
        if self.batch.also:
            transaction.run(statement("add_sources"), ids=self.batch.also, source=self.source).consume()
        if self.batch.again:
            transaction.run(statement("add_citations"), rows=self.batch.again, now=self.recorded_at).consume()

    def _move(self, transaction: ManagedTransaction) -> None:
        moved = self.batch.moved
        transaction.run(statement("move_claims"), rows=moved).consume()
        transaction.run(statement("move_objects"), rows=[row for row in moved if row["object"] is not None]).consume()
        transaction.run(statement("move_closed_claims"), rows=_steps(moved, "subject")).consume()
        transaction.run(statement("move_closed_objects"), rows=_steps(moved, "object")).consume()

    def _link(self, transaction: ManagedTransaction, name: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            counters = run_write(transaction, statement(name), {"rows": rows}).counters
            _compare("speakers of claims", len(rows), counters.get("relationships_created", 0))


def check_load(transaction: ManagedTransaction, load: str, run: str) -> None:
    """Sees that this run of the load is still the one at work, and keeps others from taking over until it commits.

    Raises LoadRefused where another load began meanwhile, or where a restore has not come to its end.
    """
    if transaction.run(statement("unfinished_restore")).single() is not None:
        raise LoadRefused(
            "a restore into this graph broke off", hint="run `inquiry restore` again; until then nothing is loaded"
        )
    if transaction.run(statement("keep_load"), id=load, run=run).single() is None:
        raise LoadRefused(
            "another load of this graph began while this one was at work, and took over",
            hint="let it end, then load this again; nothing is half-written",
        )


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


def _steps(moved: list[dict[str, Any]], end: str) -> list[dict[str, str]]:
    """From where to where the records moved that these claims are about, for the closed claims about them.

    A name that leads to one body or another by its date is not a record; its closed claims stay where they led.
    """
    steps: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in moved:
        if row["was"][end] != row[end]:
            steps[row[f"{end}_ref"], row["was"][end]].add(row[end])
    return [{"ref": ref, "was": was, "now": min(to)} for (ref, was), to in sorted(steps.items()) if len(to) == 1]


def _moved_to(moved: list[dict[str, Any]]) -> set[str]:
    return {row[end] for row in moved for end in ("subject", "object") if row[end] is not None}


def merge_entities(transaction: ManagedTransaction, entities: set[str]) -> None:
    """Makes sure that entities exist, each with the label of its kind."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for entity in sorted(entities):
        by_label[SCHEMA.kind_of(entity).label].append(entity)
    for label, ids in sorted(by_label.items()):
        transaction.run(statement("merge_entities", LABEL=label), ids=ids).consume()


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
