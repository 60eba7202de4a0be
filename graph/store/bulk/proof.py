"""Whether a new store holds what was written for it: all counts, and the digests of a sample of its nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.store.bulk.sample import Sample, digest_of_properties
from graph.store.connection import Connection
from graph.store.refresh import native
from graph.store.statements import statement

__all__ = ["make_proof", "what_is_wrong"]


def make_proof(counts: Mapping[str, int], sample: Sample) -> dict[str, Any]:
    """What has to be found in the new store."""
    return {"counts": dict(sorted(counts.items())), "sample": sample.digests}


def what_is_wrong(connection: Connection, proof: Mapping[str, Any]) -> list[str]:
    """What the store has otherwise than it should; nothing where it is proved."""
    wrong = []
    found = _counts(connection)
    expected = proof["counts"]
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name, 0) != expected.get(name, 0):
            wrong.append(f"{name}: {found.get(name, 0):,} instead of {expected.get(name, 0):,}")
    sample = proof["sample"]
    for row in connection.read(statement("sampled_nodes"), {"ids": sorted(sample)}):
        if row["properties"] is None or digest_of_properties(native(row["properties"])) != sample[row["id"]]:
            wrong.append(f"{row['id']} is not as it was written")
    return wrong


def _counts(connection: Connection) -> dict[str, int]:
    (row,) = connection.read(statement("graph_counts"))
    counts = {part["label"]: part["count"] for part in row["nodes"] if part.get("label") is not None}
    for part in row["relationships"]:
        if part.get("startLabel") is None and part.get("endLabel") is None and part.get("relationshipType") is not None:
            counts[part["relationshipType"]] = part["count"]
    return {name: count for name, count in counts.items() if count}
