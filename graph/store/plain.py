"""Values of the driver as JSON has them."""

from __future__ import annotations

from math import isfinite
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.schema.moments import plain_moment

__all__ = ["as_plain"]


def as_plain(value: Any) -> Any:
    """A value of the driver as JSON has it; nodes, relationships and paths as maps."""
    if isinstance(value, Node | Path | Relationship):
        return _graph_as_plain(value)
    if isinstance(value, Date | DateTime | Time | Duration):
        return plain_moment(value.iso_format())
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): as_plain(item) for name, item in value.items()}
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value


def _graph_as_plain(value: Node | Path | Relationship) -> dict[str, Any]:
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": as_plain(dict(value))}
    if isinstance(value, Path):
        return {
            "nodes": [as_plain(node) for node in value.nodes],
            "relationships": [as_plain(relationship) for relationship in value.relationships],
        }
    ends = [node.get("id") if node is not None else None for node in value.nodes]
    return {"type": value.type, "start": ends[0], "end": ends[1], "properties": as_plain(dict(value))}
