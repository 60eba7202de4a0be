"""All that documents say of one entity, with their evidence; what was recorded of it when; and one claim by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.queries.expand import expand, fragment
from graph.queries.run import Times, plain, plain_evidence, time_parameters
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.schema.moments import plain_moment
from graph.store.connection import Reader, Row

__all__ = [
    "Dossier", "History", "read_claim", "read_dossier", "read_entity", "read_history", "read_lines", "read_lines_of",
    "read_links",
]  # fmt: skip

MOST_CLAIMS: Final = 500
_RANKS: Final = {relationship.name: rank for rank, relationship in enumerate(SCHEMA.relationships)}
_QUALIFIERS: Final = sorted({q.name for r in SCHEMA.relationships for q in r.qualifiers})


class Dossier(BaseModel):
    """What is said of one entity; `claims` come in the order of the schema."""

    model_config = ConfigDict(extra="forbid")

    id: str
    name: str | None
    labels: list[str]
    claims: list[Row]
    total: int
    truncated: bool
    left_out: int


class History(BaseModel):
    """What this graph recorded of an entity, and when."""

    model_config = ConfigDict(extra="forbid")

    id: str
    events: list[Row]
    joined: list[Row]
    total: int
    truncated: bool


def read_dossier(
    reader: Reader,
    entity: str,
    times: Times,
    *,
    include_unchecked: bool = False,
    limit: int = MOST_CLAIMS,
    skip: int = 0,
) -> Dossier:
    """The live claims about `entity`, at most `limit` after the first `skip`; only of these the evidence is read."""
    parameters = {"id": entity, **time_parameters(times), "include_unchecked": True}
    page = {"unchecked": include_unchecked, "ranks": _RANKS, "skip": skip, "limit": limit}
    rows = reader.read(_with_evidence("dossier"), {**parameters, **page})
    counts = reader.read(expand(statement("dossier_count")), parameters)[0]
    head = reader.read(statement("entity_head"), {"id": entity})[0]
    left_out = 0 if include_unchecked else counts["unchecked"]
    total = counts["claims"] - left_out
    return Dossier(
        id=entity,
        name=head["name"],
        labels=head["labels"],
        claims=[_line(entity, row) for row in rows],
        total=total,
        truncated=total > skip + len(rows),
        left_out=left_out,
    )


def read_lines(reader: Reader, claims: Sequence[str], times: Times) -> dict[str, Row]:
    """Claims by their ids, as lines of the dossiers of their subjects."""
    rows = reader.read(
        _with_evidence("claim_lines"), {"ids": list(claims), **time_parameters(times), "include_unchecked": True}
    )
    return {row["claim"]["id"]: _line(row["claim"]["subject"], row) for row in rows}


def read_lines_of(
    reader: Reader, entities: Sequence[str], predicates: Sequence[str], times: Times, *, include_unchecked: bool = False
) -> dict[str, list[Row]]:
    """What is said of each of these entities by some types of relationships, as lines of their dossiers.

    `is_backward` tells those that lead to the entity.
    """
    parameters = {"ids": list(entities), "predicates": list(predicates), **time_parameters(times)}
    rows = reader.read(_with_evidence("lines_of"), {**parameters, "include_unchecked": include_unchecked})
    found: dict[str, list[Row]] = {entity: [] for entity in entities}
    for row in rows:
        found[row["id"]].append(_line(row["id"], row) | {"is_backward": row["claim"]["subject"] != row["id"]})
    return found


@cache
def _with_evidence(name: str) -> str:
    return expand(statement(name).replace("<EVIDENCE>", fragment("evidence_of_claim")))


def _line(entity: str, row: Row) -> Row:
    claim: dict[str, Any] = row["claim"]
    is_subject = claim["subject"] == entity
    relationship = SCHEMA.by_type.get(claim["predicate"])
    words = claim["predicate"].replace("_", " ")
    if relationship is not None:
        words = relationship.forward if is_subject else relationship.backward
    more = [f"{name}: {claim[name]}" for name in _QUALIFIERS if name in claim]
    dates = (("on", "on_text"),) if "on_text" in claim else (("from", "from_text"), ("until", "until_text"))
    more += [f"{word} {claim[key]}" for word, key in dates if key in claim]
    other = (claim["object"] if is_subject else claim["subject"]) if relationship is not None else None
    return {
        "claim": claim["id"],
        "predicate": claim["predicate"],
        "words": words,
        "other": other,
        "other_name": row["other_name"],
        "value": claim.get("value_text"),
        "more": "; ".join(more),
        "evidence": [plain_evidence(item) for item in row["evidence"]],
    }


def read_entity(reader: Reader, entity: str) -> tuple[list[str], Row]:
    """The labels of an entity and its values as the current view has them."""
    row = reader.read(statement("entity_view"), {"id": entity})[0]
    return row["labels"], {name: plain(value) for name, value in sorted(row["properties"].items())}


def read_links(reader: Reader, entity: str, *, limit: int) -> list[Row]:
    """The first relationships of an entity in the current view; those that lead from it come first."""
    return reader.read(statement("entity_links"), {"id": entity, "limit": limit})


def read_history(reader: Reader, entity: str, *, recorded_at: datetime, limit: int, skip: int = 0) -> History:
    """What was recorded of an entity by a moment, and closed again, the newest first; and what was joined with it."""
    page = {"id": entity, "recorded_at": recorded_at, "skip": skip, "limit": limit}
    rows = reader.read(statement("entity_history"), page)
    total = rows[0]["total"] if rows else 0
    events = [_with_moments(row, "at") for row in rows if row.pop("total") and row["at"] is not None]
    joined = reader.read(statement("entity_joined_records"), {"id": entity})
    return History(
        id=entity,
        events=events,
        joined=[_with_moments(row, "recorded_at") for row in joined],
        total=total,
        truncated=total > skip + len(events),
    )


def read_claim(reader: Reader, claim: str) -> Row | None:
    """One claim, live or closed, with its places, its load and what it corrects; None where there is none."""
    parameters = {"id": claim, **time_parameters(Times()), "include_unchecked": True}
    rows = reader.read(_with_evidence("claim"), parameters)
    if not rows:
        return None
    row = rows[0]
    properties = {name: plain(value) for name, value in sorted(row["claim"].items())}
    return {**row, "claim": properties, "evidence": [plain_evidence(item) for item in row["evidence"]]}


def _with_moments(row: Row, *names: str) -> Row:
    return row | {name: plain_moment(row[name]) for name in names}
