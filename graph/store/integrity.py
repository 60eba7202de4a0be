"""Proves that the graph is what its claims say, and finds everything that no claim supports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.schema import SCHEMA
from graph.schema.safety import check_person_name, check_public_text
from graph.store.connection import Connection, Row
from graph.store.refresh import BATCH, compare_relationships, expected_entities, native
from graph.store.statements import statement
from graph.store.view import PlainEntity

__all__ = ["Finding", "check_graph"]

_SIMPLE: Final = (
    ("uncited_claims", "the claim {id} ({subject} {predicate}) cites no document"),
    ("misfit_claims", "the claim {id} ({subject} {predicate}) does not fit its links, or lacks what a claim needs"),
    ("foreign_nodes", "the node {id} with the labels {labels} was not made by a load"),
    ("foreign_relationships", "the relationship {id} {type} {object} was not made by a load"),
    ("unfinished_loads", "the load {id} of {source} broke off; load it again"),
    ("private_people", "{id} holds no office, and chairs or writes nothing"),
)
_TEXTS: Final = ("name", "summary")


class Finding(BaseModel):
    """Something in the graph that is not as it should be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    where: str
    message: str


def check_graph(connection: Connection, advance: Callable[[int], None] = lambda _: None) -> Iterator[Finding]:
    """All findings, one after the other; memory does not grow with the graph."""
    for name, message in _SIMPLE:
        for row in connection.read(statement(name)):
            yield Finding(kind=name.removesuffix("s"), where=str(row["id"]), message=message.format(**row))
    after = ""
    while ids := [row["id"] for row in connection.read(statement("entity_ids"), {"after": after, "limit": BATCH})]:
        there = {row["id"]: row for row in connection.read(statement("plain_entities"), {"ids": ids})}
        known = [entity for entity in ids if _is_known(entity)]
        for entity in ids:
            if entity not in known:
                yield Finding(kind="foreign_node", where=entity, message=f"the entity {entity} is of no known kind")
        for expected in expected_entities(connection, known):
            yield from _compare(expected, there[expected.id])
        after = ids[-1]
        advance(len(ids))


def _is_known(entity: str) -> bool:
    try:
        SCHEMA.kind_of(entity)
    except SchemaError:
        return False
    return True


def _compare(expected: PlainEntity, there: Row) -> Iterator[Finding]:
    properties = native(there["properties"])
    for name in sorted(properties.keys() | expected.properties.keys()):
        if properties.get(name) != expected.properties.get(name):
            yield Finding(
                kind="value",
                where=expected.id,
                message=f"{expected.id} has {name} = {properties.get(name)!r}, but the claims give "
                f"{expected.properties.get(name)!r}",
            )
    if set(there["labels"]) != expected.labels:
        yield Finding(
            kind="label",
            where=expected.id,
            message=f"{expected.id} has the labels {_words(there['labels'])}, "
            f"but the claims give {_words(expected.labels)}",
        )
    gone, new = compare_relationships(expected, there["relationships"])
    for link in gone:
        yield Finding(
            kind="relationship",
            where=expected.id,
            message=f"no live claim supports {expected.id} {link['type']} {link['object']} as it stands",
        )
    for relationship in new:
        yield Finding(
            kind="relationship",
            where=expected.id,
            message=f"{expected.id} {relationship.type} {relationship.object} is missing from the current view",
        )
    yield from _check_texts(expected)


def _check_texts(entity: PlainEntity) -> Iterator[Finding]:
    for name in _TEXTS:
        text: Any = entity.properties.get(name)
        if isinstance(text, str):
            try:
                check_public_text(text)
                if name == "name" and "Person" in entity.labels:
                    check_person_name(text)
            except SchemaError as error:
                yield Finding(kind="private_text", where=entity.id, message=f"{entity.id} {name}: {error.message}")


def _words(labels: Any) -> str:
    return ", ".join(sorted(labels))
