"""Positions by time: a column for each year, and a layer for each stage on the way from inquiry to action."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
_WIDE: Final = 110.0
_HIGH: Final = 76.0
_MOST_ROWS: Final = 6
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
    rows = {layer: max(_rows(cells[cell]) for cell in cells if cell[0] == layer) for layer, _ in sorted(cells)}
    columns: dict[int, int] = defaultdict(int)
    for (layer, year), members in cells.items():
        columns[year] = max(columns[year], ceil(len(members) / rows[layer]))
    left, tops = _starts(columns, _WIDE, 40.0), _starts(rows, _HIGH, 60.0)
    places = {}
    for (layer, year), members in cells.items():
        for number, entity in enumerate(members):
            column, row = divmod(number, rows[layer])
            # Names of neighbours in a row would run into each other.
            shift = _HIGH / 3 if column % 2 else 0.0
            places[entity] = (left[year] + (column + 0.5) * _WIDE, tops[layer] + (row + 0.4) * _HIGH + shift)
    return Timeline(
        places,
        [(year, left[year], left[year] + columns[year] * _WIDE) for year in sorted(columns)],
        [(LAYERS[layer][0], tops[layer], tops[layer] + rows[layer] * _HIGH) for layer in sorted(rows)],
    )


def _rows(members: Sequence[str]) -> int:
    return min(_MOST_ROWS, len(members))


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
