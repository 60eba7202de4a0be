"""Claims that end: what a load withdraws, and what its source no longer says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from neo4j import ManagedTransaction

from graph.errors import LoadRefused
from graph.schema.loads import Closing, LoadRequest
from graph.store.batches import batches, check_load
from graph.store.connection import Connection, Row, run_write
from graph.store.seen import SeenClaims
from graph.store.statements import statement

__all__ = ["Vanished", "close_claims", "find_vanished", "refuse_shrinkage"]

LARGEST_SHRINKAGE: Final = 0.1
"""The share of a source's claims that a load may drop without being told so."""
BATCH: Final = 5_000
"""Claims a transaction."""


@dataclass
class Vanished:
    """What a source said before and no longer says."""

    said_before: int = 0
    own: list[str] = field(default_factory=list)
    """Claims that it alone makes: they close."""
    shared: list[Row] = field(default_factory=list)
    """Claims that other sources make too (`id`, `also_from`): they go over to the first of these."""
    borrowed: list[str] = field(default_factory=list)
    """Claims of other sources that it made too: they no longer name it."""

    @property
    def is_any(self) -> bool:
        return bool(self.own or self.shared or self.borrowed)


def find_vanished(connection: Connection, request: LoadRequest, loads: list[Row]) -> Vanished:
    """Goes through the claims of `request` once; the ids are kept on disk."""
    vanished = Vanished()
    with SeenClaims() as seen:
        for claims in batches(request.claims, BATCH):
            seen.add(claim.id for claim in claims)
        for load in loads:
            for record in connection.stream(statement("live_claims_of_load"), {"load": load["id"]}):
                vanished.said_before += 1
                if seen.holds(record["id"].partition("~")[0]):
                    continue
                if record["also_from"]:
                    vanished.shared.append({"id": record["id"], "also_from": record["also_from"]})
                else:
                    vanished.own.append(record["id"])
        for record in connection.stream(statement("claims_also_from"), {"source": request.source}):
            if not seen.holds(record["id"].partition("~")[0]):
                vanished.borrowed.append(record["id"])
    finished = next((load["claims"] for load in loads if load["claims"] is not None), 0)
    vanished.said_before = max(vanished.said_before, finished)
    return vanished


def refuse_shrinkage(request: LoadRequest, closings: Mapping[str, Closing], vanished: Vanished) -> None:
    """Raises LoadRefused where the load would drop more than a tenth of what its source said before."""
    silent = [
        claim
        for claim in [*vanished.own, *(row["id"] for row in vanished.shared)]
        if _base(claim) not in {_base(closing) for closing in closings}
    ]
    if len(silent) > LARGEST_SHRINKAGE * vanished.said_before:
        raise LoadRefused(
            f"this load would drop {len(silent):,} of the {vanished.said_before:,} claims that {request.source} makes",
            hint="if that is right, load it again with --accept-shrinkage",
        )


def close_claims(
    connection: Connection,
    closings: Mapping[str, Closing],
    vanished: Vanished,
    *,
    source: str,
    load: str,
    run: str,
    now: datetime,
) -> tuple[int, tuple[str, ...]]:
    """Closes what the input withdraws and what vanished: how many, and the closings that found no claim.

    A redaction takes away every reading of its claim; one that finds none leaves a tombstone, so that the claim does
    not come in later.
    """
    mentioned = {_base(claim) for claim in closings}
    rows: list[Row] = [
        {"id": c.claim, "reason": c.reason, "note": c.note} for c in closings.values() if c.reason != "redacted"
    ]
    gone = [claim for claim in vanished.own if _base(claim) not in mentioned]
    rows += [{"id": claim, "reason": "source_changed", "note": None} for claim in gone]
    redacted = [{"id": _base(c.claim), "note": c.note} for c in closings.values() if c.reason == "redacted"]
    shared = [row for row in vanished.shared if _base(row["id"]) not in mentioned]
    work = _Work(connection, load, run, {"now": now, "load": load, "source": source})
    answers = [*work("close_claims", rows), *work("redact_claims", redacted)]
    work("hand_over_claims", _heirs(connection, shared))
    work("drop_source", [{"id": claim} for claim in vanished.borrowed])
    found = {_base(row["asked"]) for row in answers if row["found"]}
    unmatched = sorted(claim for claim in closings if _base(claim) not in found)
    return sum(row["closed"] for row in answers), tuple(unmatched)


def _base(claim: str) -> str:
    """The id of a claim without the number of its reading."""
    return claim.partition("~")[0]


@dataclass(frozen=True)
class _Work:
    """Runs a statement over rows, in batches; each sees that this load is still the one at work."""

    connection: Connection
    load: str
    run: str
    parameters: Row

    def __call__(self, name: str, all_rows: Iterable[Row]) -> list[Row]:
        answers: list[Row] = []
        for rows in batches(all_rows, BATCH):
            answers += self.connection.transact(partial(self._write, name=name, rows=rows))
        return answers

    def _write(self, transaction: ManagedTransaction, *, name: str, rows: list[Row]) -> list[Row]:
        check_load(transaction, self.load, self.run)
        return run_write(transaction, statement(name), {**self.parameters, "rows": rows}).rows


def _heirs(connection: Connection, shared: list[Row]) -> list[Row]:
    """For each claim the source that it goes over to, with the newest load of that source."""
    rows = []
    newest: dict[str, str | None] = {}
    for row in shared:
        heir, *rest = row["also_from"]
        if heir not in newest:
            loads = connection.read(statement("loads_of_source"), {"source": heir})
            newest[heir] = loads[0]["id"] if loads else None
        rows.append({"id": row["id"], "source": heir, "load": newest[heir], "also_from": rest or None})
    return rows
