"""Rows as a graph, for views: each node and each relationship once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neo4j.graph import Node, Path, Relationship
from pydantic import BaseModel, ConfigDict, Field

from graph.store.plain import as_plain

__all__ = ["GraphForm", "GraphForms", "GraphNode", "GraphRelationship"]


class GraphNode(BaseModel):
    """A node."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(
        description="Its property `id`; where it has none, or another node of the reply has the same, a name that "
        "Neo4j gives it.",
        examples=["body:home-office"],
    )
    labels: list[str] = Field(description="Its kind and sub-kinds among them.", examples=[["Entity", "Body"]])
    properties: dict[str, Any] = Field(description="All that it holds.", examples=[{"name": "Home Office"}])


class GraphRelationship(BaseModel):
    """A relationship."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="A name that Neo4j gives it, of use within this reply only.", examples=["5:9c0f:12"])
    type: str = Field(description="Its type.", examples=["TARGETS"])
    start: str = Field(description="`id` of the node it goes out from.", examples=["inquiry:iicsa"])
    end: str = Field(description="`id` of the node it leads to.", examples=["body:home-office"])
    properties: dict[str, Any] = Field(description="All that it holds.", examples=[{"documents": 2}])


class GraphForm(BaseModel):
    """Nodes and relationships in the order in which the rows bring them; both ends of each relationship are there."""

    model_config = ConfigDict(extra="forbid")

    nodes: list[GraphNode] = Field(description="Each node once.", examples=[[]])
    relationships: list[GraphRelationship] = Field(description="Each relationship once.", examples=[[]])


class GraphForms:
    """Collects the nodes and relationships of rows, however deep these hold them."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._relationships: dict[str, Relationship] = {}

    def add(self, values: Iterable[Any]) -> None:
        """Take what is in these values."""
        rest = list(values)[::-1]
        while rest:
            value = rest.pop()
            if isinstance(value, Node):
                self._nodes.setdefault(value.element_id, value)
            elif isinstance(value, Relationship):
                self._relationships.setdefault(value.element_id, value)
            elif isinstance(value, Path):
                rest.extend([*value.nodes, *value.relationships][::-1])
            elif isinstance(value, dict):
                rest.extend([*value.values()][::-1])
            elif isinstance(value, list):
                rest.extend(value[::-1])

    @property
    def missing(self) -> set[str]:
        """Neo4j's names of nodes at which relationships end, and that no value brought."""
        ends = {node.element_id for each in self._relationships.values() for node in each.nodes if node is not None}
        return ends - self._nodes.keys()

    def form(self) -> GraphForm:
        """What was collected."""
        ids = self._ids()
        return GraphForm(
            nodes=[
                GraphNode(id=ids[element], labels=sorted(node.labels), properties=as_plain(dict(node)))
                for element, node in self._nodes.items()
            ],
            relationships=[_relationship(element, each, ids) for element, each in self._relationships.items()],
        )

    def _ids(self) -> dict[str, str]:
        ids: dict[str, str] = {}
        taken: set[str] = set()
        for element, node in self._nodes.items():
            own = node.get("id")
            ids[element] = own if isinstance(own, str) and own not in taken else element
            taken.add(ids[element])
        return ids


def _relationship(element: str, relationship: Relationship, ids: dict[str, str]) -> GraphRelationship:
    start, end = (ids[node.element_id] if node is not None else "" for node in relationship.nodes)
    return GraphRelationship(
        id=element,
        type=relationship.type,
        start=start,
        end=end,
        properties=as_plain(dict(relationship)),
    )
