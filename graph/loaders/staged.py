"""What loads that are not written yet have brought of identifiers and names, for the sources that follow them.

The same as `identified_in_graph` and `body_facts_in_graph` find in a graph in which they are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graph.loaders.directory import PREDICATES, Said
from graph.loaders.identity import Identified
from graph.schema.ids import name_key
from graph.store.bulk import Notes

__all__ = ["body_facts_in_notes", "identified_in_notes"]

_NAME: Final = "name"


def identified_in_notes(notes: Notes, schemes: Iterable[str], sources: Iterable[str]) -> list[Identified]:
    """What `sources` have made known by identifiers of these schemes."""
    wanted, given = list(schemes), list(sources)
    identifiers: set[tuple[str, str]] = set()
    for fact in notes.facts(("identifier",), given):
        if fact.what.partition(":")[0] in wanted and fact.review == "checked":
            identifiers.add((fact.subject, fact.what))
    entities = {entity for entity, _ in identifiers}
    names: dict[str, set[str]] = {entity: set() for entity in entities}
    for fact in notes.facts((_NAME,), given):
        if fact.subject in entities:
            names[fact.subject].add(name_key(fact.what))
    return [
        Identified(entity, identifier, frozenset(names[entity]))
        for scheme in wanted
        for entity, identifier in sorted(identifiers)
        if identifier.startswith(f"{scheme}:")
    ]


def body_facts_in_notes(notes: Notes, sources: Iterable[str]) -> list[Said]:
    """What `sources` say of bodies."""
    return [
        Said(fact.subject, fact.predicate, fact.what, fact.how, fact.on)
        for fact in notes.facts(PREDICATES, sources, shared=True)
        if fact.subject.startswith("body:") and fact.review == "checked"
    ]
