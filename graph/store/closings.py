"""Claims that end: what a load withdraws, and what its source no longer says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from neo4j import ManagedTransaction

from graph.schema.loads import Closing, LoadRequest
from graph.store.batches import batches, check_load
from graph.store.connection import Connection, Row, run_write
from graph.store.seen import SeenClaims
from graph.store.shrinkage import QUALIFIERS, Said, groups_of_claim, groups_of_row
from graph.store.statements import statement

__all__ = ["Vanished", "close_claims", "find_vanished"]

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
    said: Said = field(default_factory=Said)
    """The same by what is said, to see what shrinks."""

    @property
    def is_any(self) -> bool:
        return bool(self.own or self.shared or self.borrowed)

    def silent(self, closings: Mapping[str, Closing]) -> int:
        """How many claims vanish without being withdrawn by name."""
        mentioned = {_base(claim) for claim in closings}
        gone = [*self.own, *(row["id"] for row in self.shared)]
        return sum(_base(claim) not in mentioned for claim in gone)


def find_vanished(
    connection: Connection,
    request: LoadRequest,
    loads: list[Row],
    closings: Mapping[str, Closing],
    advance: Callable[[int], None] = lambda _: None,
) -> Vanished:
    """Goes through the claims of `request` once; the ids are kept on disk.

    `closings` are the claims that the input withdraws by name: of these nothing is counted as said before.
    """
    vanished = Vanished()
    mentioned = {_base(claim) for claim in closings}
    with SeenClaims() as seen:
        done = 0
        for claims in batches(request.claims, BATCH):
            first = set(seen.add(claim.id for claim in claims))
            vanished.said.now.update(g for c in claims if c.id in first for g in groups_of_claim(c))
            done += len(claims)
            advance(done)
        for load in loads:
            parameters = {"load": load["id"], "qualifiers": QUALIFIERS}
            for record in connection.stream(statement("live_claims_of_load"), parameters):
                vanished.said_before += 1
                _compare(record, seen, vanished, mentioned)
        for record in connection.stream(statement("claims_also_from"), {"source": request.source}):
            if not seen.holds(_base(record["id"])):
                vanished.borrowed.append(record["id"])
    finished = next((load["claims"] for load in loads if load["claims"] is not None), 0)
    vanished.said_before = max(vanished.said_before, finished)
    return vanished


def _compare(record: Mapping[str, Any], seen: SeenClaims, vanished: Vanished, mentioned: set[str]) -> None:
    """Counts a claim that the source made before, and keeps it where it vanishes."""
    base = _base(record["id"])
    groups = [] if base in mentioned else list(groups_of_row(record))
    vanished.said.before.update(groups)
    if seen.holds(base):
        return
    vanished.said.drop(groups, record["says"])
    if record["also_from"]:
        vanished.shared.append({"id": record["id"], "also_from": record["also_from"]})
    else:
        vanished.own.append(record["id"])


def close_claims(
    connection: Connection,
    closings: Mapping[str, Closing],
    vanished: Vanished,
    *,
    source: str,
    load: str,
    run: str,
    now: datetime,
    note: str | None = None,
) -> tuple[int, tuple[str, ...]]:
    """Closes what the input withdraws and what vanished: how many, and the closings that found no claim.

    `note` says more about what vanished.

    A redaction takes away every reading of its claim; one that finds none leaves a tombstone, so that the claim does
    not come in later.
    """
    mentioned = {_base(claim) for claim in closings}
    rows: list[Row] = [
        {"id": c.claim, "reason": c.reason, "note": c.note} for c in closings.values() if c.reason != "redacted"
    ]
    gone = [claim for claim in vanished.own if _base(claim) not in mentioned]
    rows += [{"id": claim, "reason": "source_changed", "note": note} for claim in gone]
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
