"""All that documents say of one entity: its values and its relationships in both directions, with their evidence."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from graph.queries.expand import expand, fragment
from graph.queries.run import Times, plain_evidence, time_parameters
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.store.connection import Reader, Row

__all__ = ["Dossier", "read_dossier"]

MOST_CLAIMS: Final = 500
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


def read_dossier(
    reader: Reader, entity: str, times: Times, *, include_unchecked: bool = False, limit: int = MOST_CLAIMS
) -> Dossier:
    """The live claims about `entity`, at most `limit`."""
    parameters = {"id": entity, **time_parameters(times), "include_unchecked": True}
    text = expand(statement("dossier").replace("<EVIDENCE>", fragment("evidence_of_claim")))
    rows = reader.read(text, parameters)
    shown = [row for row in rows if include_unchecked or row["claim"]["review"] == "checked"]
    head = reader.read(statement("entity_head"), {"id": entity})[0]
    lines = sorted((_line(entity, row) for row in shown), key=lambda line: line["order"])
    for line in lines:
        del line["order"]
    return Dossier(
        id=entity,
        name=head["name"],
        labels=head["labels"],
        claims=lines[:limit],
        total=len(lines),
        truncated=len(lines) > limit,
        left_out=len(rows) - len(shown),
    )


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
        "order": (
            relationship is not None,
            not is_subject,
            SCHEMA.relationships.index(relationship) if relationship is not None else 0,
            claim["predicate"],
            claim.get("from_text") or "",
            other or claim.get("value_text") or "",
            claim["id"],
        ),
    }
