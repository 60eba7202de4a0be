"""Positions by time: a column for each year, and a layer for each stage on the way from inquiry to action."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final, NamedTuple

__all__ = ["LAYERS", "Timeline", "time_layout"]

LAYERS: Final = (
    ("Events", ("Event",)),
    ("Inquiries", ("Inquiry",)),
    ("Documents", ("Document",)),
    ("Recommendations, findings", ("Recommendation", "Finding", "Observation")),
    ("Decisions", ("Decision",)),
    ("Actions", ("Action",)),
    ("Assessments", ("Assessment",)),
    ("Who and where", ("Body", "Office", "Person", "Group", "Place", "Topic")),
)
"""From above: what led to an inquiry, what it published and recommended, what was answered, done and judged."""
_LAYER_OF: Final = {label: place for place, (_, labels) in enumerate(LAYERS) for label in labels}
_WIDE: Final = 150.0
_HIGH: Final = 70.0
_GAPS: Final = 30.0, 50.0
"""Between columns, and between layers."""
_MOST_ROWS: Final = range(1, 13)
_SHAPE: Final = 1.4
"""How many times wider than high a picture is, between the panels of a screen."""
UNDATED: Final = 0
"""The column of entities to which neither a document nor a neighbour gives a date."""


class Timeline(NamedTuple):
    """Positions, and where columns and layers begin and end."""

    places: dict[str, tuple[float, float]]
    years: list[tuple[int, float, float]]
    layers: list[tuple[str, float, float]]


def time_layout(
    labels: Mapping[str, str], years: Mapping[str, int | None], links: Iterable[tuple[str, str]]
) -> Timeline:
    """Entities, given by id with their kinds and years, in columns and layers; the same for the same input.

    An entity without a year of its own stands in the year of most of its neighbours, the earliest of several.
    """
    settled = _settle(years, links)
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for entity, label in labels.items():
        cells[_LAYER_OF[label], settled[entity]].append(entity)
    counts = {cell: len(members) for cell, members in cells.items()}
    grids = [_grid(counts, most) for most in _MOST_ROWS]
    rows, columns = min(grids, key=lambda grid: abs(_shape(*grid) - _SHAPE))
    left, tops = _starts(columns, _WIDE, _GAPS[0]), _starts(rows, _HIGH, _GAPS[1])
    places = {}
    for (layer, year), members in cells.items():
        for number, entity in enumerate(members):
            column, row = divmod(number, rows[layer])
            # What stands straight above another would hide its lines and its name.
            across, down = (_WIDE / 4 if row % 2 else 0.0), (_HIGH / 3 if column % 2 else 0.0)
            places[entity] = (left[year] + (column + 0.4) * _WIDE + across, tops[layer] + (row + 0.4) * _HIGH + down)
    return Timeline(
        places,
        [(year, left[year], left[year] + columns[year] * _WIDE) for year in sorted(columns)],
        [(LAYERS[layer][0], tops[layer], tops[layer] + rows[layer] * _HIGH) for layer in sorted(rows)],
    )


def _grid(counts: Mapping[tuple[int, int], int], most: int) -> tuple[dict[int, int], dict[int, int]]:
    """How many rows each layer and how many columns each year takes, with at most so many rows in a layer."""
    rows: dict[int, int] = defaultdict(int)
    columns: dict[int, int] = defaultdict(int)
    for (layer, _), count in counts.items():
        rows[layer] = max(rows[layer], min(most, count))
    for (layer, year), count in counts.items():
        columns[year] = max(columns[year], ceil(count / rows[layer]))
    return rows, columns


def _shape(rows: Mapping[int, int], columns: Mapping[int, int]) -> float:
    wide = sum(columns.values()) * _WIDE + len(columns) * _GAPS[0]
    return wide / max(1.0, sum(rows.values()) * _HIGH + len(rows) * _GAPS[1])


def _starts(sizes: Mapping[int, int], unit: float, gap: float) -> dict[int, float]:
    starts, at = {}, 0.0
    for key in sorted(sizes):
        starts[key], at = at, at + sizes[key] * unit + gap
    return starts


def _settle(years: Mapping[str, int | None], links: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A year for each entity, in two rounds: neighbours of what has a date, then their neighbours."""
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in links:
        near[one].append(other)
        near[other].append(one)
    settled = {entity: year for entity, year in years.items() if year is not None}
    for _ in range(2):
        found = {}
        for entity in years:
            counted = Counter(settled[other] for other in near[entity] if other in settled)
            if entity not in settled and counted:
                found[entity] = min(counted, key=lambda year: (-counted[year], year))
        settled |= found
    return {entity: settled.get(entity, UNDATED) for entity in years}
