"""The whole schema with its look-ups: what an id, a predicate, a property or a pair of ends is allowed to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from graph.errors import SchemaError
from graph.schema.dates import TimeClass
from graph.schema.ids import ENTITY_ID, check_entity_id, kind_prefix
from graph.schema.kinds import KINDS, Kind, PropertyType
from graph.schema.relationships import ANY, RELATIONSHIPS, RelationshipType

__all__ = ["SCHEMA", "Schema", "did_you_mean"]

_IS_ID: Final = re.compile(ENTITY_ID)
_CLOSE_ENOUGH = 70.0
"""Similarity (0 to 100) from which a suggestion helps rather than puzzles; `home-ofice` to `home-office` has 95."""


def did_you_mean(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A hint that names the nearest known word, or an empty string.

    The whole words are compared first; failing that, a single one may be made of words of the other, as
    `telford` is of `telford-and-wrekin-council`. Likeness of a part alone would take `description` for `on`.
    """
    near = process.extractOne(word, known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_CLOSE_ENOUGH)
    if near is not None:
        return f"did you mean `{near[0]}`?"
    longer = process.extract(word, known, scorer=fuzz.token_set_ratio, processor=_words, score_cutoff=100, limit=2)
    return f"did you mean `{longer[0][0]}`?" if len(longer) == 1 else ""


def _words(text: str) -> str:
    return text.casefold().replace("-", " ").replace("_", " ")


@dataclass(frozen=True)
class Schema:
    """All kinds and relationship types; `SCHEMA` is the one that everything uses."""

    kinds: tuple[Kind, ...]
    relationships: tuple[RelationshipType, ...]

    @cached_property
    def by_prefix(self) -> dict[str, Kind]:
        """Kinds by the first part of their ids."""
        return {kind.prefix: kind for kind in self.kinds}

    @cached_property
    def by_label(self) -> dict[str, Kind]:
        """Kinds by label."""
        return {kind.label: kind for kind in self.kinds}

    @cached_property
    def sub_kinds(self) -> dict[str, Kind]:
        """The kind of each sub-kind."""
        return {sub: kind for kind in self.kinds for sub in kind.sub_kinds}

    @cached_property
    def by_type(self) -> dict[str, RelationshipType]:
        """Relationship types by name."""
        return {relationship.name: relationship for relationship in self.relationships}

    @cached_property
    def by_key(self) -> dict[str, RelationshipType]:
        """Relationship types by the short form of fact files."""
        return {relationship.key: relationship for relationship in self.relationships}

    @cached_property
    def _properties(self) -> dict[str, dict[str, PropertyType]]:
        return {kind.label: {p.name: p for p in kind.properties} for kind in self.kinds}

    def is_entity_id(self, text: str) -> bool:
        """Whether a text is written as the id of an entity of a known kind; identifiers such as `gss:…` are not."""
        return _IS_ID.fullmatch(text) is not None and kind_prefix(text) in self.by_prefix

    def kind_of(self, entity: str) -> Kind:
        """The kind that an id names; SchemaError for an id that is malformed or of no known kind."""
        kind = self.by_prefix.get(kind_prefix(check_entity_id(entity)))
        if kind is None:
            prefix = kind_prefix(entity)
            raise SchemaError(f"unknown kind `{prefix}` in {entity}", hint=did_you_mean(prefix, list(self.by_prefix)))
        return kind

    def property_of(self, kind: Kind, name: str) -> PropertyType:
        """The property `name` of a kind; SchemaError with the nearest one where there is none."""
        found = self._properties[kind.label].get(name)
        if found is None:
            known = [*self._properties[kind.label], *self.by_key]
            raise SchemaError(f"{kind.with_article} has no `{name}`", hint=did_you_mean(name, known))
        return found

    def relationship(self, name: str) -> RelationshipType:
        """The relationship type `name`; SchemaError with the nearest one where there is none."""
        found = self.by_type.get(name)
        if found is None:
            raise SchemaError(f"unknown relationship `{name}`", hint=did_you_mean(name, list(self.by_type)))
        return found

    def time_class(self, relationship: RelationshipType, subject: Kind, target: Kind) -> TimeClass:
        """The class of time of a relationship between two kinds; SchemaError where it cannot join them."""
        for ends in relationship.ends:
            if subject.label in ends.subjects and (ends.objects == ANY or target.label in ends.objects):
                return ends.time_class
        allowed = "; ".join(f"{' or '.join(e.subjects)} to {' or '.join(e.objects)}" for e in relationship.ends)
        raise SchemaError(
            f"{relationship.name} cannot lead from {subject.with_article} to {target.with_article}",
            hint=f"it leads from {allowed}",
        )


SCHEMA: Final = Schema(KINDS, RELATIONSHIPS)
