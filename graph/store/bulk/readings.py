"""What becomes of one claim in a bulk load: its readings in the graph, and those that the new loads add.

The decision is that of the batched writer (`graph.store.batches`); what its Cypher files do to nodes is done here to
rows. A test compares both on the real data and on generated histories.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any, Final

from graph.schema import Bounds, Citation, Claim, GivenDates
from graph.store.batches import compare_claims
from graph.store.bulk.unsuited import Unsuited
from graph.store.rows import as_day, live_claim

__all__ = ["LoadMark", "Reading", "add_reading", "claim_of"]

Row = dict[str, Any]
_PLACE: Final = ("version", "anchor", "page")


@dataclass(frozen=True)
class LoadMark:
    """What the claims of one load have in common; `number` is its place among the loads of this bulk load, from 1."""

    number: int
    load: str
    source: str
    recorded_at: datetime


@dataclass
class Reading:
    """A node of a claim with its links; `opened` and `closed` are the numbers of loads, 0 for what was there."""

    properties: Row
    citations: list[Row]
    said_by: str | None
    opened: int = 0
    closed: int | None = None

    @property
    def id(self) -> str:
        return str(self.properties["id"])

    @property
    def last(self) -> float:
        """The number of the last load at whose beginning it was live; 0 for what was closed before."""
        if self.closed is not None:
            return self.closed
        return 0 if "retracted_at" in self.properties else inf


def add_reading(readings: list[Reading], row: Row, mark: LoadMark, counts: Counter[tuple[int, str]]) -> None:
    """Adds to the readings of a claim what a load says: a new one, or what the newest of them learns from it."""
    if not readings:
        readings.append(_new(row, row["properties"]["id"], mark))
        counts[mark.number, "new"] += 1
        return
    claim = claim_of(row)
    first = next((reading for reading in readings if reading.id == claim.id), None)
    if first is None:
        raise Unsuited(f"the first reading of {claim.id} is kept at another entity")
    current = next((r for r in readings if r.id == first.properties.get("returned_as")), first)
    batch = compare_claims([claim], {claim.id: _as_found(first, current)}, mark.source)
    if batch.moved:
        raise Unsuited(f"{claim.id} leads to another entity than before")
    if batch.renewed:
        _close(current, batch.renewed[0], mark)
    for returned in batch.returns:
        first.properties |= {"returned_as": returned["returned_as"], "returns": returned["returns"]}
        readings.append(_new(row, returned["returned_as"], mark))
    for inherited in batch.inherited:
        readings[-1].properties |= {"also_from": inherited["also_from"], "shared": True}
    if batch.also:
        also = [*current.properties.get("also_from", []), mark.source]
        current.properties |= {"also_from": also, "shared": True}
    for again in batch.again:
        _cite_again(current, again, mark)
    counts[mark.number, "returned"] += len(batch.returns) - len(batch.renewed)
    counts[mark.number, "renewed"] += len(batch.renewed)
    counts[mark.number, "cited_again"] += len(batch.again)
    counts[mark.number, "unchanged"] += batch.unchanged


def _new(row: Row, id_: str, mark: LoadMark) -> Reading:
    properties = row["properties"]
    properties["id"] = id_
    properties["recorded_at"], properties["load"], properties["source"] = mark.recorded_at, mark.load, mark.source
    return Reading(properties, row["citations"], row["said_by"], opened=mark.number)


def _close(reading: Reading, row: Row, mark: LoadMark) -> None:
    reading.closed = mark.number
    reading.properties |= {
        "retracted_at": mark.recorded_at,
        "closing": row["reason"],
        "closing_note": row["note"],
        "closed_by": mark.load,
    }


def _cite_again(reading: Reading, row: Row, mark: LoadMark) -> None:
    properties = reading.properties
    reading.citations.append(
        {"document": row["document"], "properties": {**row["properties"], "recorded_at": mark.recorded_at}}
    )
    if row["until_earliest"] > properties["until_earliest"]:
        versions = properties.get("until_versions", [properties["until_earliest"]])
        recorded = properties.get("until_recorded", [properties["recorded_at"]])
        properties |= {
            "until_versions": [*versions, row["until_earliest"]],
            "until_recorded": [*recorded, mark.recorded_at],
            "until_earliest": row["until_earliest"],
        }


def _as_found(first: Reading, current: Reading) -> Row:
    """What `existing_claims.cypher` finds of a claim."""
    of, properties = first.properties.get, current.properties
    names = (
        "subject", "object", "predicate", "source", "register", "from_earliest", "from_latest", "until_latest",
        "known_earliest", "known_latest", "method", "review", "deprecated",
    )  # fmt: skip
    return {
        **{name: properties.get(name) for name in names},
        "id": first.id,
        "current": current.id,
        "closed": "retracted_at" in properties,
        "redacted": "redacted" in first.properties,
        "also_from": properties.get("also_from", []),
        "returns": of("returns", 0),
        "ends": properties.get("until_versions", [properties["until_earliest"]]),
        "places": [{name: at["properties"].get(name) for name in _PLACE} for at in current.citations],
    }


def claim_of(row: Row) -> Claim:
    """The claim from which `claim_row` made a row."""
    given: Mapping[str, Any] = row["properties"]
    live = live_claim(given, [])
    start, on = given.get("from_text"), given.get("on_text")
    return Claim.model_construct(
        id=given["id"],
        subject=given["subject"],
        predicate=given["predicate"],
        object=given.get("object"),
        value=live.value,
        qualifiers=live.qualifiers,
        dates=GivenDates(since=None if on else start, until=given.get("until_text"), on=on),
        bounds=Bounds(*live.bounds),
        dates_refused=given.get("dates_refused", False),
        known_earliest=as_day(given["known_earliest"]),
        known_latest=as_day(given["known_latest"]),
        register_state=given.get("register", False),
        said_by=row["said_by"],
        method=given["method"],
        review=given["review"],
        deprecated=given.get("deprecated"),
        corrects=None,
        subject_ref=given["subject_ref"],
        object_ref=given.get("object_ref"),
        citations=tuple(
            Citation.model_construct(document=at["document"], **at["properties"]) for at in row["citations"]
        ),
    )
