"""Positions by which what is related lies together: computed once, so that a page draws at once and stays still.

networkx lays out what branches; an entity with one neighbour only is set beside it afterwards, which on these graphs is
half of them. Parts that are not connected are laid out one by one and set side by side.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Final

import networkx as nx

__all__ = ["Point", "force_layout"]

Point = tuple[float, float]
_SPACE: Final = 90.0
"""Between two entities, in units of the canvas: room for a shape and two lines of its name."""
_WIDER: Final = 1.25
"""Pictures are wider than high, and so are names."""
_LARGEST: Final = 300
"""networkx takes 0.2 s for 300; from 500 it wants scipy and takes ten times as long."""
_KEPT: Final = 64
"""Layouts that a server remembers: a view that is asked for again is a third quicker."""
_SFDP: Final = ("sfdp", "-Tplain", "-Goverlap=prism", "-Gsmoothing=none")


def force_layout(entities: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Where each entity lies; the same for the same input."""
    return dict(_laid_out(tuple(entities), tuple(links)))


@lru_cache(maxsize=_KEPT)
def _laid_out(entities: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> Mapping[str, Point]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(entities)
    graph.add_edges_from((one, other) for one, other in links if one != other)
    rank = {entity: place for place, entity in enumerate(entities)}
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(map(rank.__getitem__, part))))
    ordered = [sorted(part, key=rank.__getitem__) for part in parts]
    return _side_by_side([_spread(_part(graph.subgraph(part), part)) for part in ordered])


def _part(graph: nx.Graph[str], members: Sequence[str]) -> dict[str, Point]:
    """One connected part: what branches first, then what hangs on it."""
    if len(members) == 1:
        return {members[0]: (0.0, 0.0)}
    core = [member for member in members if graph.degree(member) > 1] or list(members)
    places = _core(graph, core)
    hanging: dict[str, list[str]] = {}
    for member in members:
        if member not in places:
            hanging.setdefault(next(iter(graph.neighbors(member))), []).append(member)
    middle = _middle(list(places.values()))
    for parent, leaves in hanging.items():
        places |= _fan(places[parent], middle, leaves)
    return places


def _core(graph: nx.Graph[str], core: Sequence[str]) -> dict[str, Point]:
    scale = _SPACE * sqrt(len(graph)) * 0.8
    if len(core) == 1:
        return {core[0]: (0.0, 0.0)}
    if len(core) > _LARGEST and shutil.which(_SFDP[0]) is not None:
        return _scaled(_by_sfdp(graph, core), scale)
    first = sorted(core, key=lambda member: (-graph.degree(member), member))[:_LARGEST]
    inner: nx.Graph[str] = nx.Graph()
    inner.add_nodes_from(member for member in core if member in set(first))
    inner.add_edges_from(graph.subgraph(first).edges)
    found = nx.spring_layout(inner, seed=1, iterations=60, k=1.6 / sqrt(len(inner)))
    places = _scaled({member: (float(x), float(y)) for member, (x, y) in found.items()}, scale)
    for number, member in enumerate(member for member in core if member not in places):
        near = [places[other] for other in graph.neighbors(member) if other in places]
        x, y = _middle(near) if near else (0.0, 0.0)
        places[member] = (x + _SPACE * cos(2.4 * number), y + _SPACE * sin(2.4 * number))
    return places


def _by_sfdp(graph: nx.Graph[str], core: Sequence[str]) -> dict[str, Point]:
    """By Graphviz, a program of its own; entities are given by number, so that no name is read as its language."""
    number = {member: place for place, member in enumerate(core)}
    lines = [f"{number[one]} -- {number[other]};" for one, other in graph.subgraph(core).edges]
    text = "graph { node [shape=point];" + "".join(f"{place};" for place in number.values()) + "".join(lines) + "}"
    done = subprocess.run(_SFDP, input=text, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    rows = (line.split() for line in done.stdout.splitlines() if line.startswith("node "))
    return {core[int(row[1])]: (float(row[2]), float(row[3])) for row in rows}


def _scaled(places: dict[str, Point], radius: float) -> dict[str, Point]:
    """Around the middle, within `radius`; what lies far out is drawn in, and what lies close to the middle spread.

    A few entities that hang by long ways would else take all the room, and the others stand on one spot: so half of
    how far out each one lies is its rank among all.
    """
    x0, y0 = _middle(list(places.values()))
    out = {member: hypot(x - x0, y - y0) for member, (x, y) in places.items()}
    ranked = sorted(out, key=lambda member: (out[member], member))
    usual = out[ranked[int(0.9 * (len(ranked) - 1))]] or 1.0
    found = {}
    for rank, member in enumerate(ranked):
        far = (min(1.0, out[member] / usual) + sqrt((rank + 0.5) / len(ranked))) / 2
        by = radius * far / (out[member] or 1.0)
        x, y = places[member]
        found[member] = ((x - x0) * by * _WIDER, (y - y0) * by)
    return {member: found[member] for member in places}


def _fan(parent: Point, middle: Point, leaves: Sequence[str]) -> dict[str, Point]:
    """Leaves in arcs around their parent, on the side that is turned away from the middle."""
    away_x, away_y = parent[0] - middle[0], parent[1] - middle[1]
    turn = 0.0 if away_x == away_y == 0 else atan2(away_y, away_x)
    width = min(2 * pi, 0.5 * len(leaves)) if len(leaves) > 1 else 0.0
    places = {}
    for number, leaf in enumerate(leaves):
        ring, spot = divmod(number, 14)
        count = min(14, len(leaves) - 14 * ring)
        angle = turn + width * ((spot + 0.5) / count - 0.5)
        radius = _SPACE * (0.9 + 0.8 * ring)
        places[leaf] = (parent[0] + radius * cos(angle), parent[1] + radius * sin(angle))
    return places


def _spread(places: dict[str, Point]) -> dict[str, Point]:
    """Pushes apart what lies too close: a few rounds over the cells of a grid."""
    spots = {member: list(place) for member, place in places.items()}
    for _ in range(8):
        cells: dict[tuple[int, int], list[str]] = {}
        for member, (x, y) in spots.items():
            cells.setdefault((int(x // _SPACE), int(y // _SPACE)), []).append(member)
        moved = False
        for (column, row), members in cells.items():
            near = [
                other
                for beside in (-1, 0, 1)
                for below in (-1, 0, 1)
                for other in cells.get((column + beside, row + below), ())
            ]
            for member in members:
                for other in near:
                    if member < other:
                        moved |= _push(spots[member], spots[other])
        if not moved:
            break
    return {member: (spot[0], spot[1]) for member, spot in spots.items()}


def _push(one: list[float], other: list[float]) -> bool:
    x, y = other[0] - one[0], other[1] - one[1]
    apart = hypot(x, y)
    if apart >= 0.7 * _SPACE:
        return False
    if apart < 1.0:
        x, y, apart = 1.0, 0.5, 1.2
    by = (0.7 * _SPACE - apart) / 2 / apart
    one[0], one[1], other[0], other[1] = one[0] - x * by, one[1] - y * by, other[0] + x * by, other[1] + y * by
    return True


def _middle(places: Sequence[Point]) -> Point:
    return sum(x for x, _ in places) / len(places), sum(y for _, y in places) / len(places)


def _side_by_side(parts: Sequence[dict[str, Point]]) -> dict[str, Point]:
    """Parts in rows, the largest first, so that the whole is about half as wide again as it is high."""
    boxes = [_box(part) for part in parts]
    area = sum((right - left + _SPACE) * (bottom - top + _SPACE) for left, top, right, bottom in boxes)
    width = max([sqrt(area * 1.5), *(right - left for left, _, right, _ in boxes)], default=0.0)
    places: dict[str, Point] = {}
    x = y = deepest = 0.0
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x > 0 and x + right - left > width:
            x, y, deepest = 0.0, y + deepest + 1.5 * _SPACE, 0.0
        places |= {member: (px - left + x, py - top + y) for member, (px, py) in part.items()}
        x, deepest = x + right - left + 1.5 * _SPACE, max(deepest, bottom - top)
    middle = _middle(list(places.values())) if places else (0.0, 0.0)
    return {member: (round(px - middle[0], 1), round(py - middle[1], 1)) for member, (px, py) in places.items()}


def _box(part: dict[str, Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
    return min(xs), min(ys), max(xs), max(ys)
