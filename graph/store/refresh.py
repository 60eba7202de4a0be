"""Brings the current view up to date for the entities whose claims changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from neo4j import ManagedTransaction

from graph.schema import SCHEMA
from graph.store.connection import Connection, Row
from graph.store.rows import LiveClaim, live_claim
from graph.store.statements import statement
from graph.store.view import PlainEntity, PlainRelationship, contested_claims, plain_entity

__all__ = ["BATCH", "compare_relationships", "expected_entities", "native", "refresh_view"]

BATCH: Final = 2_000
"""Entities a transaction; 500 to 5,000 differ by under a tenth in speed, and fewer need less memory on the server."""

Advance = Callable[[int], None]


def refresh_view(connection: Connection, advance: Advance = lambda _: None) -> int:
    """Makes the view anew for every entity that is marked; returns how many there were.

    An entity loses its mark in the transaction that writes its view, so that a refresh that breaks off goes on where
    it stopped.
    """
    done = 0
    while ids := [row["id"] for row in connection.read(statement("stale_entities"), {"limit": BATCH})]:
        found = _live_claims(connection, ids)
        expected = [plain_entity(entity, found[entity]) for entity in ids]
        contested = sorted(claim for entity in ids for claim in contested_claims(entity, found[entity]))
        connection.transact(partial(_write, ids=ids, expected=expected, contested=contested))
        done += len(ids)
        advance(len(ids))
    return done


def expected_entities(connection: Connection, ids: list[str]) -> Iterator[PlainEntity]:
    """What the claims of these entities add up to, in the order of `ids`."""
    found = _live_claims(connection, ids)
    for entity in ids:
        yield plain_entity(entity, found[entity])


def _live_claims(connection: Connection, ids: list[str]) -> dict[str, list[LiveClaim]]:
    found: dict[str, list[LiveClaim]] = defaultdict(list)
    for row in connection.read(statement("claims_of_entities"), {"ids": ids}):
        found[row["id"]].append(live_claim(row["claim"], row["documents"]))
    return found


def _write(
    transaction: ManagedTransaction, *, ids: list[str], expected: list[PlainEntity], contested: list[str]
) -> None:
    there = {row["id"]: row for row in transaction.run(statement("plain_entities"), ids=ids)}
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
    if contested:
        transaction.run(statement("mark_contested"), ids=contested).consume()
    transaction.run(statement("unmark_stale"), ids=ids).consume()


def _write_labels(transaction: ManagedTransaction, expected: list[PlainEntity], there: dict[str, Any]) -> None:
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
