"""Brings the current view up to date for the entities whose claims changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Final

from neo4j import ManagedTransaction

from graph.schema import SCHEMA
from graph.store.connection import Connection, Row
from graph.store.recent import RecentClaims
from graph.store.rows import LiveClaim, live_claim
from graph.store.statements import statement
from graph.store.view import PlainEntity, PlainRelationship, contested_claims, plain_entity

__all__ = [
    "BATCH",
    "compare_relationships",
    "expected_entities",
    "native",
    "refresh_recent",
    "refresh_view",
]

BATCH: Final = 2_000
"""Entities a transaction; 500 to 5,000 differ by under a tenth in speed, and fewer need less memory on the server."""

Advance = Callable[[int], None]
_NOTHING_RECENT: Final = RecentClaims()


def refresh_view(
    connection: Connection, advance: Advance = lambda _: None, recent: RecentClaims = _NOTHING_RECENT
) -> int:
    """Makes the view anew for every entity that is marked; returns how many there were.

    An entity loses its mark in the transaction that writes its view, so that a refresh that breaks off goes on where
    it stopped.
    """
    done = 0
    while ids := [row["id"] for row in connection.read(statement("stale_entities"), {"limit": BATCH})]:
        connection.transact(partial(_refresh, ids=ids, recent=recent))
        done += len(ids)
        advance(len(ids))
    return done


def refresh_recent(connection: Connection, recent: RecentClaims) -> None:
    """Makes the view for the entities met first, where `recent` has all their claims, and forgets those of all."""
    ids = recent.oldest(BATCH)
    connection.transact(partial(_refresh, ids=ids, recent=recent, only_recent=True))
    recent.forget(ids)


def expected_entities(connection: Connection, ids: list[str]) -> Iterator[PlainEntity]:
    """What the claims of these entities add up to, in the order of `ids`."""
    found = _by_entity(connection.read(statement("claims_of_entities"), {"ids": ids}))
    for entity in ids:
        yield plain_entity(entity, found[entity])


def _by_entity(rows: Iterable[Row]) -> dict[str, list[LiveClaim]]:
    found: dict[str, list[LiveClaim]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(live_claim(row["claim"], row["documents"]))
    return found


def _refresh(
    transaction: ManagedTransaction, *, ids: list[str], recent: RecentClaims, only_recent: bool = False
) -> None:
    # First of all the mark, and with it the lock: claims that others add meanwhile mark the entity again afterwards.
    transaction.run(statement("unmark_stale"), ids=ids).consume()
    there = {row["id"]: row for row in _rows(transaction, "plain_entities", ids)}
    ids = [entity for entity in ids if entity in there]  # what a load that took over has removed meanwhile is gone
    silent = [entity for entity in ids if there[entity]["claims"] == 0]
    if silent:
        gone = {row["id"] for row in _rows(transaction, "remove_unlinked", silent)}
        ids = [entity for entity in ids if entity not in gone]
    held = {entity: recent.all_of(entity, there[entity]["claims"]) for entity in ids}
    unknown = [entity for entity in ids if held[entity] is None]
    if only_recent:
        ids = [entity for entity in ids if held[entity] is not None]
        transaction.run(statement("mark_stale"), ids=unknown).consume()
        unknown = []
    read = _by_entity(_rows(transaction, "claims_of_entities", unknown)) if unknown else {}
    claims = {entity: held[entity] or read.get(entity, []) for entity in ids}
    contested = sorted(claim for entity in ids for claim in contested_claims(entity, claims[entity]))
    _write(transaction, [plain_entity(entity, claims[entity]) for entity in ids], there)
    if contested:
        transaction.run(statement("mark_contested"), ids=contested).consume()


def _rows(transaction: ManagedTransaction, name: str, ids: list[str]) -> Iterator[Row]:
    return (record.data() for record in transaction.run(statement(name), ids=ids))


def _write(transaction: ManagedTransaction, expected: list[PlainEntity], there: dict[str, Row]) -> None:
    changed = [e for e in expected if native(there[e.id]["properties"]) != e.properties]
    if changed:
        values = [{"id": e.id, "properties": e.properties} for e in changed]
        transaction.run(statement("set_entities"), rows=values).consume()
    _write_labels(transaction, expected, there)
    gone: list[str] = []
    rows: dict[str, list[Row]] = defaultdict(list)
    for entity in expected:
        unexpected, new = compare_relationships(entity, there[entity.id]["relationships"])
        gone += [link["element"] for link in unexpected]
        for relationship in new:
            rows[relationship.type].append(
                {"subject": entity.id, "object": relationship.object, "properties": relationship.properties}
            )
    if gone:
        transaction.run(statement("delete_relationships"), elements=gone).consume()
    for type_, links in sorted(rows.items()):
        transaction.run(statement("create_relationships", TYPE=type_), rows=links).consume()


def _write_labels(transaction: ManagedTransaction, expected: list[PlainEntity], there: dict[str, Row]) -> None:
    add: dict[str, list[str]] = defaultdict(list)
    remove: dict[str, list[str]] = defaultdict(list)
    for entity in expected:
        present = set(there[entity.id]["labels"])
        for label in entity.labels - present:
            add[label].append(entity.id)
        for label in (present - entity.labels) & SCHEMA.sub_kinds.keys():
            remove[label].append(entity.id)
    for label, ids in sorted(add.items()):
        transaction.run(statement("set_label", LABEL=label), ids=ids).consume()
    for label, ids in sorted(remove.items()):
        transaction.run(statement("remove_label", LABEL=label), ids=ids).consume()


def compare_relationships(entity: PlainEntity, there: list[Row]) -> tuple[list[Row], list[PlainRelationship]]:
    """The relationships that are there but not expected, and those that are expected but not there."""

    def key(type_: str, target: str, properties: dict[str, Any]) -> str:
        return f"{type_} {target} {sorted(properties.items())!r}"

    present: dict[str, list[Row]] = defaultdict(list)
    for link in there:
        present[key(link["type"], link["object"], native(link["properties"]))].append(link)
    new = []
    for relationship in entity.relationships:
        same = present[key(relationship.type, relationship.object, relationship.properties)]
        if same:
            same.pop()
        else:
            new.append(relationship)
    return [link for links in present.values() for link in links], new


def native(properties: dict[str, Any]) -> dict[str, Any]:
    """Properties with the driver's dates as Python's, so that they compare."""
    return {name: value.to_native() if hasattr(value, "to_native") else value for name, value in properties.items()}
