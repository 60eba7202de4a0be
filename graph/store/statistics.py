"""The whole graph in numbers: from the counts that Neo4j keeps and from indexes, so that it is quick in a large one.

What it costs grows with the plain relationships, the closed and contested claims and the dated things, not with all
claims: 470,000 claims took 3 to 4 seconds on a machine that was busy ten times over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

from pydantic import BaseModel, ConfigDict

from graph.schema import SCHEMA
from graph.store.connection import Connection, Reader, Row
from graph.store.rows import live_claim
from graph.store.statements import statement
from graph.store.view import contested_claims

__all__ = ["GraphStatistics", "read_statistics"]


class GraphStatistics(BaseModel):
    """What the graph holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entities: int
    claims: int
    """All that were ever made."""
    live: int
    closed: dict[str, int]
    """By reason."""
    unchecked: int
    """Live claims that cite a document which nobody has seen."""
    disputed: int
    """Live, checked claims that contradict another one."""
    relating: int
    """Live, checked claims that relate two entities."""
    relating_of_one_document: int
    """Those of them whose relationship no second document makes."""
    kinds: list[Row]
    """`kind`, `entities`, and the `sub_kinds` that there are with their numbers."""
    relationships: list[Row]
    """`type`, `relationships`, `of_one_document`, `disputed`, `claims`, `claims_of_one_document`."""
    sources: list[Row]
    """`source`, `claims`, `closed`, `live`, `loads`, `last_load`, `versions` of the last load."""
    years: list[Row]
    """`year`, and by kind how many documents were published and other things dated; `HELD` are terms that began."""

    @property
    def shares(self) -> dict[str, float | None]:
        """What part of the live claims is checked and disputed, and of those that relate which rest on one document."""
        return {
            "checked": _share(self.live - self.unchecked, self.live),
            "disputed": _share(self.disputed, self.live),
            "single_source": _share(self.relating_of_one_document, self.relating),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def read_statistics(connection: Connection) -> GraphStatistics:
    """Counts the graph as it is."""
    counted = connection.read_together(_count)
    return GraphStatistics(disputed=_count_disputed(connection), **counted)


def _count(reader: Reader) -> dict[str, Any]:
    relationships = _relationships(reader)
    closings = reader.read(statement("count_closed_claims"))
    totals = reader.read(statement("count_unchecked_claims"))[0]
    closed: Counter[str] = Counter()
    for row in closings:
        closed[row["reason"]] += row["claims"]
    return {
        **totals,
        "live": totals["claims"] - closed.total(),
        "closed": dict(sorted(closed.items())),
        "relating": sum(row["claims"] for row in relationships),
        "relating_of_one_document": sum(row["claims_of_one_document"] for row in relationships),
        "kinds": _kinds(reader),
        "relationships": relationships,
        "sources": _sources(reader, closings),
        "years": _years(reader),
    }


def _kinds(reader: Reader) -> list[Row]:
    rows = []
    for kind in SCHEMA.kinds:
        if count := _count_label(reader, kind.label):
            sub_kinds = {name: number for name in kind.sub_kinds if (number := _count_label(reader, name))}
            rows.append({"kind": kind.label, "entities": count, "sub_kinds": sub_kinds})
    return rows


def _count_label(reader: Reader, label: str) -> int:
    count: int = reader.read(statement("count_label", LABEL=label))[0]["entities"]
    return count


def _relationships(reader: Reader) -> list[Row]:
    rows = []
    for type_ in sorted(relationship.name for relationship in SCHEMA.relationships):
        counts = reader.read(statement("count_type", TYPE=type_))[0]
        if counts["relationships"]:
            rows.append({"type": type_, **counts})
    return rows


def _sources(reader: Reader, closings: list[Row]) -> list[Row]:
    closed: Counter[str] = Counter()
    for row in closings:
        closed[row["load"]] += row["claims"]
    by_source: dict[str, list[Row]] = defaultdict(list)
    for load in reader.read(statement("count_claims_of_loads")):
        by_source[load["source"]].append(load)
    rows = []
    for source, loads in by_source.items():
        claims, gone = sum(load["claims"] for load in loads), sum(closed[load["load"]] for load in loads)
        finished = [load for load in loads if load["status"] == "finished"]
        last = finished[-1] if finished else None
        rows.append(
            {
                "source": source,
                "claims": claims,
                "closed": gone,
                "live": claims - gone,
                "loads": len(loads),
                "last_load": last["finished_at"] if last is not None else None,
                "versions": last["versions"] if last is not None else None,
            }
        )
    return rows


def _years(reader: Reader) -> list[Row]:
    years: dict[int, Row] = {}
    for row in reader.read(statement("count_years")):
        kind = SCHEMA.by_prefix.get(row["what"])
        years.setdefault(row["year"], {"year": row["year"]})[kind.label if kind is not None else "HELD"] = row["count"]
    return list(years.values())


def _count_disputed(connection: Connection) -> int:
    """Of the claims that have ever been contradicted, how many are so now, by claims that are live and checked too."""
    disputed = 0
    records = connection.stream(statement("contested_claims"))
    for entity, found in groupby(records, lambda record: str(record["entity"])):
        claims = [live_claim(record["claim"], record["documents"]) for record in found]
        counted = [claim for claim in claims if claim.is_checked and not claim.is_deprecated]
        disputed += len(contested_claims(entity, counted))
    return disputed
