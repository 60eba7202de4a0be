"""A story told from the graph: the entities of all steps as one view, and what each step shows and rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.errors import QueryError
from graph.queries import Catalogue, Times
from graph.queries.lines import Line, Said
from graph.queries.subgraph import LARGEST, Subgraph
from graph.store.connection import Connection
from viz.asked import show
from viz.force import force_layout
from viz.network import Network
from viz.stories import Basis, Step, Story
from viz.views import Scope, of_entities

__all__ = ["tell"]


def tell(connection: Connection, catalogue: Catalogue, story: Story, *, timeout: float, times: Times) -> Network:
    """The story as a network whose page plays it; QueryError where the graph does not hold what a caption rests on."""
    shown = [_shown(connection, catalogue, step, timeout) for step in story.steps]
    everything = list(dict.fromkeys(entity for entities in shown for entity in entities))
    if len(everything) > LARGEST:
        raise QueryError(
            f"the story shows {len(everything):,} entities; a view has {LARGEST:,} at the most",
            hint="give the addresses of its views a `limit`",
        )
    subgraph = of_entities(connection, everything, story.story, Scope(times, LARGEST, timeout=timeout)).subgraph
    subgraph.chosen = story.summary
    network = Network.of(subgraph, story.story)
    network.story = {
        "summary": story.summary,
        "steps": [
            _drawn(number, step, entities, subgraph)
            for number, (step, entities) in enumerate(zip(story.steps, shown, strict=True), 1)
        ],
    }
    return network


def _shown(connection: Connection, catalogue: Catalogue, step: Step, timeout: float) -> list[str]:
    """What the step speaks of first, then the rest of its view."""
    asked = step.asked
    view = show(connection, catalogue, asked, timeout=timeout).subgraph.entities if asked is not None else []
    return list(dict.fromkeys([*step.entities, *(entity.id for entity in view)]))


def _drawn(number: int, step: Step, shown: Sequence[str], subgraph: Subgraph) -> dict[str, Any]:
    there = {entity.id for entity in subgraph.entities}
    entities = [entity for entity in shown if entity in there]
    lines = [line for line in subgraph.relationships if {line.subject, line.object} <= set(entities)]
    places = force_layout(entities, [(line.subject, line.object) for line in lines])
    return {
        "title": step.title,
        "caption": step.caption,
        "fragment": step.fragment,
        "entities": entities,
        "lines": [line.id for line in lines],
        "places": {entity: list(place) for entity, place in places.items()},
        "rests_on": [claim.id for basis in step.rests_on for claim in _claims(number, basis, lines, subgraph)],
    }


def _claims(number: int, basis: Basis, lines: Iterable[Line], subgraph: Subgraph) -> list[Said]:
    """The claims of the view that a basis names."""
    said = [claim for line in lines for claim in line.claims]
    said += [claim for entity in subgraph.entities if entity.id == basis.subject for claim in entity.values]
    found = [
        claim
        for claim in said
        if (claim.subject, claim.predicate) == (basis.subject, basis.predicate)
        and (basis.object is None or claim.object == basis.object)
    ]
    if not found:
        words = " ".join(filter(None, [basis.subject, basis.predicate, basis.object]))
        raise QueryError(
            f"step {number} rests on what no document in the graph states: {words}",
            hint="load what states it, or take it out of the step",
        )
    return found
