"""The nodes and relationships that claims become, worked out beforehand: claims with links, and the plain view."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from graph.schema import Claim
from graph.schema.loads import LoadRequest
from graph.store.rows import LiveClaim, claim_row, live_claim
from graph.store.view import contested_claims, plain_entity
from graph.store.writer import SCHEMA_VERSION

__all__ = ["Elements", "work_out"]

Row = dict[str, Any]


@dataclass(frozen=True)
class Elements:
    """What a graph holds: rows ready to be sent, grouped as statements take them."""

    load: Row
    entities: dict[tuple[str, ...], list[Row]]
    """Properties of entities, by their labels; the first one is `Entity`."""
    claims: list[Row]
    """`properties`, `subject`, `object` where there is one, `document` and `citation`."""
    relationships: dict[str, list[Row]]
    """`subject`, `object` and `properties` of plain relationships, by type."""

    @property
    def count(self) -> int:
        """Nodes and relationships."""
        nodes = 1 + len(self.claims) + sum(len(rows) for rows in self.entities.values())
        links = 2 * len(self.claims) + sum("object" in row for row in self.claims)
        return nodes + links + sum(len(rows) for rows in self.relationships.values())


def work_out(request: LoadRequest, claims: list[Claim], recorded_at: datetime) -> Elements:
    """What `write_load` makes of this request in an empty graph; `claims` are those of the request."""
    load = f"load:{request.fingerprint[:16]}-1"
    rows = [claim_row(claim) for claim in claims]
    by_subject: dict[str, list[LiveClaim]] = defaultdict(list)
    for row in rows:
        row["properties"] |= {"recorded_at": recorded_at, "load": load, "source": request.source}
        documents = [citation["document"] for citation in row["citations"]]
        by_subject[row["subject"]].append(live_claim(row["properties"], documents))
    mentioned = set(
        chain(by_subject, (c.object for c in claims if c.object), (c.citations[0].document for c in claims))
    )
    entities: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    relationships: dict[str, list[Row]] = defaultdict(list)
    contested: set[str] = set()
    for entity in sorted(mentioned):
        said = sorted(by_subject[entity], key=lambda claim: claim.id)
        plain = plain_entity(entity, said)
        contested |= contested_claims(entity, said)
        entities["Entity", *sorted(plain.labels - {"Entity"})].append(plain.properties)
        for link in plain.relationships:
            relationships[link.type].append({"subject": entity, "object": link.object, "properties": link.properties})
    return Elements(
        load=_load_properties(request, load, len(claims), recorded_at),
        entities=dict(entities),
        claims=[_flat_row(row, contested) for row in rows],
        relationships=dict(relationships),
    )


def _load_properties(request: LoadRequest, load: str, claims: int, recorded_at: datetime) -> Row:
    return {
        "id": load,
        "loader": request.loader,
        "source": request.source,
        "fingerprint": request.fingerprint,
        "schema": SCHEMA_VERSION,
        "inputs": [f"{item.name} {item.sha256}" for item in request.inputs],
        "recorded_at": recorded_at,
        "started_at": recorded_at,
        "finished_at": recorded_at,
        "status": "finished",
        "claims": claims,
    }


def _flat_row(row: Row, contested: set[str]) -> Row:
    if row["properties"]["id"] in contested:
        row["properties"]["contested"] = True
    (citation,) = row.pop("citations")
    return {**row, "document": citation["document"], "citation": citation["properties"]}
