"""Which entity a record of a source is: one that shares a strong identifier or was judged the same, or one of its own.

Names never join. A claim keeps the id that it has under the source's own ids, so that a join, or taking it back,
changes where a claim leads and not which claim it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from graph.errors import InputError, SchemaError
from graph.loaders.statements import statement
from graph.schema import Claim
from graph.schema.ids import digest_of, kind_prefix, name_key
from graph.store.connection import Connection

__all__ = ["Identified", "Identity", "identified_by", "identified_in_graph", "own_id"]

_SAFE: Final = re.compile(r"[A-Za-z0-9._~-]{1,80}")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")


class Identified(NamedTuple):
    """An entity that somebody else knows by an identifier, or by names only, where the identifier is empty."""

    entity: str
    identifier: str
    names: frozenset[str]
    """In the form in which names are compared."""

    @property
    def scheme(self) -> str:
        """Of the identifier; empty where there is none."""
        return self.identifier.partition(":")[0]


def own_id(prefix: str, identifier: str) -> str:
    """The id that a source gives: `own_id("body", "govuk:home-office")` is `body:govuk.home-office`."""
    scheme, _, value = identifier.partition(":")
    if not _SAFE.fullmatch(value):
        value = f"{_UNSAFE.sub('-', value.casefold())[:60].strip('-')}-{digest_of(value)[:8]}"
    return f"{prefix}:{scheme}.{value}"


def identified_by(claims: Iterable[Claim]) -> list[Identified]:
    """What claims, such as those of the seeds, know by identifiers and names."""
    identifiers: list[tuple[str, str]] = []
    names: dict[str, set[str]] = {}
    for claim in claims:
        if claim.value is None or claim.review != "checked":
            continue
        if claim.predicate == "identifier":
            identifiers.append((claim.subject, str(claim.value.value)))
        elif claim.predicate == "name":
            names.setdefault(claim.subject, set()).add(name_key(str(claim.value.value)))
    by_name_only = names.keys() - {entity for entity, _ in identifiers}
    known = sorted({*identifiers, *((entity, "") for entity in by_name_only)})
    return [Identified(entity, value, frozenset(names.get(entity, ()))) for entity, value in known]


def identified_in_graph(connection: Connection, schemes: Iterable[str], sources: Iterable[str]) -> list[Identified]:
    """What `sources` have made known in the graph by identifiers of these schemes.

    Only sources that are always loaded before count, so that the order of other loads makes no difference.
    """
    query = statement("identified_entities")
    given = list(sources)
    found = []
    for scheme in schemes if given else ():
        for row in connection.stream(query, {"scheme": f"{scheme}:", "sources": given}):
            keys = frozenset(name_key(name) for name in row["names"])
            found.append(Identified(row["entity"], row["identifier"], keys))
    return found


class Identity:
    """Resolves records of one source. What is given first counts where two entities have one identifier.

    `judged` are groups of ids that a person judged to be one entity: the one that an identifier leads to a curated
    entity, or else the first of the group. `parted` are pairs that a person judged to be two, each with the place where
    that stands: an identifier does not join them.

    Raises InputError where something else joins such a pair all the same.
    """

    def __init__(
        self,
        known: Iterable[Identified],
        judged: Iterable[Sequence[str]] = (),
        parted: Mapping[frozenset[str], str] = MappingProxyType({}),
    ) -> None:
        self._canonical: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        self._parted = parted
        for entity, identifier, names in known:
            own = own_id(kind_prefix(entity), identifier) if identifier else entity
            if identifier and frozenset((own, entity)) not in parted:
                self._canonical.setdefault(own, entity)
            self._names.setdefault(entity, set()).update(names)
        self._judged: set[str] = set()
        for group in judged:
            self._join(group)
        self._check_parted()

    def _check_parted(self) -> None:
        """That each pair is two: one entity may hold the identifiers of both."""
        for pair, place in self._parted.items():
            one, other = sorted(pair)
            if self.entity(one) == self.entity(other):
                both = self.entity(one)
                raise InputError(
                    f"{one} and {other} are judged different, but by their identifiers both are {both}",
                    where=place,
                    hint=f"judge which of the two {both} is not, or take that identifier from it",
                )

    def _join(self, group: Sequence[str]) -> None:
        """Makes one entity of a group, and of what its records are by their identifiers."""
        ends = list(dict.fromkeys(self.entity(member) for member in group))
        kept = next((end for end in ends if _is_curated(end)), ends[0])
        self._judged.add(kept)
        self._canonical |= {own: kept for own, entity in self._canonical.items() if entity in ends}
        self._canonical |= {member: kept for member in (*group, *ends) if member != kept}
        if not self._names.get(kept):
            self._names[kept] = {name for end in ends for name in self._names.get(end, ())}

    @property
    def digest(self) -> str:
        """Changes when a record would lead to another entity."""
        joined = {own: entity for own, entity in self._canonical.items() if own != entity}
        named = {entity: sorted(names) for entity, names in self._names.items() if names}
        return digest_of([joined, named, sorted(self._judged)])

    def own(self, prefix: str, identifier: str, *others: str | None) -> str:
        """The source's own id for a record. `others` join it too where they are known and `identifier` is not.

        Raises SchemaError where its identifiers lead to different entities.
        """
        own = own_id(prefix, identifier)
        candidates = [own, *(own_id(prefix, other) for other in others if other is not None)]
        known = {self._canonical[candidate] for candidate in candidates if candidate in self._canonical}
        known = {entity for entity in known if frozenset((own, entity)) not in self._parted}
        if len(known) > 1:
            raise SchemaError(
                f"the identifiers of {own} lead to different entities: {', '.join(sorted(known))}",
                hint="one of the sources gives a wrong identifier; nothing is joined or loaded for this record",
            )
        if known and own not in self._canonical:
            self._canonical[own] = known.pop()
        return own

    def entity(self, own: str) -> str:
        """The entity that one of the source's own ids leads to."""
        return self._canonical.get(own, own)

    def settle(self, claim: Claim) -> Claim:
        """The claim about the entities that its own ids lead to; `subject_ref` and `object_ref` keep these.

        An entity that has another name elsewhere keeps that one, and the source's becomes an `other_name`.
        """
        subject = self.entity(claim.subject)
        target = self.entity(claim.object) if claim.object is not None else None
        changes: dict[str, str | None] = {}
        if subject != claim.subject:
            changes |= {"subject": subject, "subject_ref": claim.subject}
        if target != claim.object:
            changes |= {"object": target, "object_ref": claim.object}
        if claim.predicate == "name" and claim.value is not None:
            names = self._names.get(subject, set())
            is_named = bool(names) or (subject in self._judged and subject != claim.subject)
            if is_named and name_key(str(claim.value.value)) not in names:
                changes["predicate"] = "other_name"
        return claim.model_copy(update=changes) if changes else claim


def _is_curated(entity: str) -> bool:
    """Whether a person chose the id, as in the seeds; those that sources give have a dot after the scheme."""
    return "." not in entity.partition(":")[2]
