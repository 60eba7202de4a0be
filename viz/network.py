"""`Network`: a network of pyvis whose page is ours, in which everything drawn brings its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from pyvis import network as pyvis
from pyvis.edge import Edge

from graph.errors import SchemaError
from graph.queries.lines import Line
from graph.queries.overview import Group
from graph.queries.subgraph import LARGEST, Shown, Subgraph
from graph.schema import SCHEMA
from graph.schema.ids import check_entity_id
from viz.dates import Days, dates_of, year_of
from viz.force import force_layout
from viz.kinds import KINDS, TYPES
from viz.page import saved_page
from viz.payload import drawn_entity, drawn_line, drawn_subgraph, without_controls
from viz.perspectives import PERSPECTIVES, Perspective
from viz.timeline import time_layout

__all__ = ["Network"]

_SIZE: Final = 12
_NOTHING: Final[dict[str, Any]] = {
    "seeds": [], "documents": {}, "rivals": {}, "names": {}, "chosen": "", "limit": LARGEST, "total": 0,
    "truncated": False, "left_out": {"unchecked": 0, "relation": "eq"}, "times": {},
}  # fmt: skip
"""Said of a view that was put together by hand."""


class Network(pyvis.Network):  # type: ignore[misc]  # pyvis has no types
    """A view as a `pyvis.network.Network`: `nodes`, `edges`, `write_html` and the rest work as they do there.

    Entities come in with `add_entity` and relationships with `add_line`, or all together with `of`. A node or an edge
    that is added by other means has no evidence, and no page is made with it.
    """

    def __init__(self, title: str) -> None:
        # Undirected, pyvis keeps one of several edges between two nodes and says nothing.
        super().__init__(height="100%", width="100%", directed=True, cdn_resources="in_line")
        self.toggle_physics(False)
        self.title = title
        self.subgraph: Subgraph | None = None
        self.perspective: Perspective | None = None
        self.story: dict[str, Any] | None = None
        """The steps that its page plays, as it reads them."""
        self._details: dict[str, dict[str, Any]] = {}
        self._lines: dict[str, dict[str, Any]] = {}
        self._groups: list[dict[str, Any]] = []
        self._axes: dict[str, Any] = {"years": [], "layers": []}

    @classmethod
    def of(
        cls, subgraph: Subgraph, title: str, perspective: Perspective | None = None, groups: Sequence[Group] = ()
    ) -> Network:
        """A network of what was read from the graph, with positions."""
        network = cls(title)
        network.subgraph, network.perspective = subgraph, perspective
        links = [(line.subject, line.object) for line in subgraph.relationships]
        dates = dates_of(subgraph.entities, subgraph.relationships)
        stand_ins = {f"~{number}": group for number, group in enumerate(groups)}
        ids = [*(entity.id for entity in subgraph.entities), *stand_ins]
        near = force_layout(ids, [*links, *((group.of, name) for name, group in stand_ins.items())])
        network._groups = [
            {"id": name, "x": near[name][0], "y": near[name][1], **group.model_dump()}
            for name, group in stand_ins.items()
        ]
        labels = {entity.id: entity.label for entity in subgraph.entities}
        years = {entity.id: year_of(entity, dates[entity.id]) for entity in subgraph.entities}
        by_time = time_layout(labels, years, links)
        for entity in subgraph.entities:
            network.add_entity(entity, near[entity.id], by_time.places[entity.id], dates[entity.id])
        for line in subgraph.relationships:
            network.add_line(line)
        network._axes = {"years": by_time.years, "layers": by_time.layers}
        return network

    def add_entity(
        self, entity: Shown, place: tuple[float, float], by_time: tuple[float, float], days: Days | None = None
    ) -> None:
        """Draw an entity at `place`, and at `by_time` where years are columns.

        Raises SchemaError for an id that is none, or is there already.
        """
        identifier = check_entity_id(entity.id)
        if identifier in self._details:
            raise SchemaError(f"{identifier} is in the view already")
        kind = SCHEMA.kind_of(identifier)
        self.add_node(
            identifier,
            label=entity.name or identifier,
            x=place[0],
            y=place[1],
            size=_SIZE,
            color=kind.colour,
            kind=kind.label,
        )
        by_time_place = [round(by_time[0], 1), round(by_time[1], 1)]
        self._details[identifier] = {**drawn_entity(entity, days), "time": by_time_place}

    def add_line(self, line: Line) -> None:
        """Draw a relationship of the view; SchemaError where one of its ends is missing, or nothing is cited."""
        for end in (line.subject, line.object):
            if end not in self._details:
                raise SchemaError(f"{end} is not in the view", hint="add its entity first")
        if not line.claims or not all(claim.places for claim in line.claims):
            raise SchemaError(f"nothing is cited for {line.subject} {line.predicate} {line.object}")
        # Network.add_edge looks through all nodes for each edge.
        self.edges.append(Edge(line.subject, line.object, True, id=line.id, type=line.predicate).options)
        self._lines[line.id] = drawn_line(line)

    def payload(self) -> dict[str, Any]:
        """All that the page knows."""
        nodes, edges, *_ = self.get_network_data()
        self._check_evidence(nodes, edges)
        about = drawn_subgraph(self.subgraph) if self.subgraph is not None else _NOTHING
        payload = {
            **about,
            "title": self.title,
            "entities": [{**self._details[node["id"]], "x": node["x"], "y": node["y"]} for node in nodes],
            "relationships": [self._lines[edge["id"]] for edge in edges],
            "axes": self._axes,
            "groups": self._groups,
            "kinds": KINDS,
            "types": TYPES,
            "perspectives": {name: one.drawn for name, one in PERSPECTIVES.items()},
            "story": self.story,
            "preset": self.perspective.name if self.perspective is not None else None,
        }
        cleaned: dict[str, Any] = without_controls(payload)
        return cleaned

    def _check_evidence(self, nodes: Iterable[dict[str, Any]], edges: Iterable[dict[str, Any]]) -> None:
        for node in nodes:
            if node["id"] not in self._details:
                raise SchemaError(f"{node['id']} has no evidence", hint="add it with `add_entity`")
        for edge in edges:
            if edge.get("id") not in self._lines:
                raise SchemaError(f"{edge['from']} → {edge['to']} has no evidence", hint="add it with `add_line`")

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """One page that works from a disk without a network; the arguments are those of pyvis, and change nothing."""
        return saved_page(self.payload())

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:  # noqa: ARG002
        """Write the page to a file, in UTF-8 whatever the machine's custom is."""
        Path(name).write_text(self.generate_html(), encoding="utf-8")
