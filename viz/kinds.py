"""How kinds of entities look: the colour that the schema gives, and a shape of its own for each, never colour alone.

A shape is an outline in a square from -1 to 1, or a circle; canvas, legend and SVG are all drawn from it.
"""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from typing import Any, Final

from graph.schema import SCHEMA, Kind

__all__ = ["KINDS", "TYPES", "icon_points", "looks", "outline_of"]

_Point = tuple[float, float]


def _regular(corners: int, *, turn: float = 0.0) -> tuple[_Point, ...]:
    """A regular polygon; its first corner points up, turned by so many corners."""
    angles = (2 * pi * (corner + turn) / corners - pi / 2 for corner in range(corners))
    return tuple((round(cos(angle), 3), round(sin(angle), 3)) for angle in angles)


def _star(points: int, inner: float) -> tuple[_Point, ...]:
    outer = _regular(points)
    between = _regular(points, turn=0.5)
    return tuple(p for o, (x, y) in zip(outer, between, strict=True) for p in (o, (x * inner, y * inner)))


_OUTLINES: Final[dict[str, tuple[_Point, ...]]] = {
    "Body": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "Group": _regular(8, turn=0.5),
    "Office": ((0, -1), (0.9, -0.2), (0.9, 0.85), (-0.9, 0.85), (-0.9, -0.2)),
    "Person": (),
    "Place": ((-0.9, -0.8), (0.9, -0.8), (0.9, 0.2), (0, 1), (-0.9, 0.2)),
    "Inquiry": _regular(6),
    "Document": ((-0.75, -1), (0.3, -1), (0.75, -0.5), (0.75, 1), (-0.75, 1)),
    "Recommendation": ((0, -1), (1, 0.8), (-1, 0.8)),
    "Finding": _regular(4),
    "Decision": _star(5, 0.45),
    "Action": ((-1, -0.7), (0.25, -0.7), (1, 0), (0.25, 0.7), (-1, 0.7), (-0.45, 0)),
    "Assessment": ((-1, -0.65), (1, -0.65), (0.55, 0.75), (-0.55, 0.75)),
    "Observation": ((-0.9, 0.9), (-0.9, 0.1), (-0.3, 0.1), (-0.3, -0.4), (0.3, -0.4), (0.3, -1), (0.9, -1), (0.9, 0.9)),
    "Event": ((-1, -0.8), (1, -0.8), (0, 1)),
    "Topic": ((-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35), (0.35, 1), (-0.35, 1),
              (-0.35, 0.35), (-1, 0.35), (-1, -0.35), (-0.35, -0.35)),
}  # fmt: skip


def outline_of(kind: Kind) -> tuple[_Point, ...]:
    """The corners of its shape; none for a circle."""
    return _OUTLINES[kind.label]


def icon_points(label: str) -> str | None:
    """The corners of a kind's shape as SVG has them; none for a circle."""
    outline = outline_of(SCHEMA.by_label[label])
    return " ".join(f"{round(x * 8.5, 1)},{round(y * 8.5, 1)}" for x, y in outline) or None


KINDS: Final = {
    kind.label: {"colour": kind.colour, "outline": outline_of(kind), "description": kind.description}
    for kind in SCHEMA.kinds
}
"""What a page knows of kinds, in the order of the schema."""

TYPES: Final = {
    relationship.name: {
        "forward": relationship.forward,
        "backward": relationship.backward,
        "description": relationship.description,
    }
    for relationship in SCHEMA.relationships
}
"""What a page knows of relationship types, in the order of the schema."""


@cache
def looks() -> dict[str, dict[str, Any]]:
    """The icons of kinds: colour and corners, by label."""
    return {label: {"colour": kind["colour"], "points": icon_points(label)} for label, kind in KINDS.items()}
