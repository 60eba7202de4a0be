"""The current view: which plain entities and relationships the live, checked claims add up to.

Pure functions; the same ones make the view, and prove that it is right. A single-valued property takes the most
precise of compatible values; where values contradict each other, `<property>_values` holds them all and
`disputed_properties` the property's name. A relationship carries the ids of its claims, how many documents make them,
its bounds, and whether it is a reading or disputed. Deprecated claims do not count here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations
from typing import Any, Final

from graph.schema import SCHEMA, Kind, TimeClass
from graph.schema.compare import bounds_disagree, group_by_period, must_meet, narrowest, same_period
from graph.schema.values import are_compatible, more_precise
from graph.store.rows import LiveClaim

__all__ = ["PLURALS", "PlainEntity", "PlainRelationship", "contested_claims", "plain_entity"]

PLURALS: Final = {
    "other_name": "other_names",
    "identifier": "identifiers",
    "summary": "summaries",
    "url": "urls",
    "powers": "powers",
}
"""Properties of several values, and the list in which they stand; a summary and an address also stand alone."""
_Ends = tuple[str, str, tuple[str, ...]]
_ALSO_ALONE: Final = frozenset({"summary", "url"})


@dataclass(frozen=True)
class PlainRelationship:
    """A relationship of the current view."""

    type: str
    object: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class PlainEntity:
    """An entity of the current view with what leads out of it."""

    id: str
    labels: frozenset[str]
    properties: dict[str, Any]
    relationships: list[PlainRelationship] = field(default_factory=list)


def plain_entity(entity: str, claims: Iterable[LiveClaim]) -> PlainEntity:
    """What the live, cited claims with `entity` as their subject add up to."""
    kind = SCHEMA.kind_of(entity)
    everything = list(claims)
    counted = [claim for claim in everything if claim.is_checked and not claim.is_deprecated]
    if not counted:
        mark = "unchecked" if any(not claim.is_checked for claim in everything) else "withdrawn"
        return PlainEntity(entity, frozenset({"Entity", kind.label}), {"id": entity, mark: True})
    values: dict[str, list[LiveClaim]] = defaultdict(list)
    links: dict[_Ends, list[LiveClaim]] = defaultdict(list)
    for claim in counted:
        if claim.object is None:
            values[claim.predicate].append(claim)
        else:
            links[claim.predicate, claim.object, claim.separating].append(claim)
    sub_kinds = {str(claim.value.value) for claim in values.pop("kind", []) if claim.value} & set(kind.sub_kinds)
    labels = frozenset({"Entity", kind.label} | sub_kinds)
    return PlainEntity(entity, labels, _properties(entity, kind, values), _relationships(kind, links))


def contested_claims(entity: str, claims: Iterable[LiveClaim]) -> set[str]:
    """Ids of the claims that disagree with another one, unchecked and deprecated ones included.

    The mark that they get is kept when a rival is closed: it tells the question what the documents disagree on where to
    look, at whatever time it asks about, and that question decides for itself.
    """
    kind = SCHEMA.kind_of(entity)
    groups: dict[tuple[str, str | None, tuple[str, ...]], list[LiveClaim]] = defaultdict(list)
    for claim in claims:
        is_single = claim.object is None or SCHEMA.relationship(claim.predicate).one_at_a_time
        groups[claim.predicate, None if is_single else claim.object, claim.separating].append(claim)
    contested: set[str] = set()
    for (predicate, _, _), group in groups.items():
        if len(group) > 1 and not (group[0].object is None and SCHEMA.property_of(kind, predicate).many):
            for one, other in combinations(group, 2):
                if _contradict(kind, one, other):
                    contested |= {one.id, other.id}
    return contested


def _contradict(kind: Kind, one: LiveClaim, other: LiveClaim) -> bool:
    if one.value is not None and other.value is not None:
        return must_meet(one.bounds, other.bounds) and not are_compatible(one.value, other.value)
    if one.object != other.object:
        return must_meet(one.bounds, other.bounds)
    relationship = SCHEMA.relationship(one.predicate)
    time_class = SCHEMA.time_class(relationship, kind, SCHEMA.kind_of(one.object or ""))
    is_one_period = same_period(one.bounds, other.bounds)
    return (is_one_period or time_class is not TimeClass.STATE) and _disagree(one, other, time_class)


def _properties(entity: str, kind: Kind, values: dict[str, list[LiveClaim]]) -> dict[str, Any]:
    properties: dict[str, Any] = {"id": entity}
    disputed: list[str] = []
    other_names: list[str] = []
    for name in sorted(values):
        property_type = SCHEMA.property_of(kind, name)
        if property_type.many:
            properties |= _list_property(name, values[name])
            continue
        newest = _newest(values[name]) if property_type.time_class is TimeClass.STATE else values[name]
        other_names += [_shown(claim) for claim in values[name] if claim not in newest]
        distinct = {claim.value.text: claim.value for claim in newest if claim.value is not None}
        if all(are_compatible(one, other) for one, other in combinations(distinct.values(), 2)):
            properties[name] = reduce(more_precise, distinct.values()).value
        else:
            properties[f"{name}_values"] = sorted({_shown(claim) for claim in newest})
            disputed.append(name)
    if other_names:
        properties["other_names"] = sorted({*properties.get("other_names", []), *other_names})
    if disputed:
        properties["disputed_properties"] = disputed
    return properties


def _newest(claims: list[LiveClaim]) -> list[LiveClaim]:
    """The claim that speaks of the latest day, with those that agree with it and those that contradict it."""
    last = max(claims, key=lambda claim: (claim.bounds.until_earliest, claim.bounds.from_latest, claim.id))
    return [claim for claim in claims if _agree(claim, last) or must_meet(claim.bounds, last.bounds)]


def _agree(one: LiveClaim, other: LiveClaim) -> bool:
    return one.value is not None and other.value is not None and are_compatible(one.value, other.value)


def _shown(claim: LiveClaim) -> str:
    return claim.value.text if claim.value is not None else ""


def _list_property(name: str, claims: list[LiveClaim]) -> dict[str, Any]:
    texts = sorted({str(claim.value.value) for claim in claims if claim.value is not None})
    if name not in _ALSO_ALONE:
        return {PLURALS[name]: texts}
    first = min(claims, key=lambda claim: claim.id)
    alone = str(first.value.value) if first.value is not None else ""
    return {name: alone} if len(texts) == 1 else {name: alone, PLURALS[name]: texts}


def _relationships(kind: Kind, links: dict[_Ends, list[LiveClaim]]) -> list[PlainRelationship]:
    found: list[tuple[PlainRelationship, list[LiveClaim]]] = []
    for (predicate, target, _), claims in sorted(links.items()):
        relationship = SCHEMA.relationship(predicate)
        time_class = SCHEMA.time_class(relationship, kind, SCHEMA.kind_of(target))
        is_state = time_class is TimeClass.STATE
        for group in group_by_period(claims, lambda claim: claim.bounds) if is_state else [claims]:
            properties = _relationship_properties(group, time_class)
            found.append((PlainRelationship(predicate, target, properties), group))
    _mark_rivals(found)
    return [relationship for relationship, _ in found]


def _relationship_properties(claims: list[LiveClaim], time_class: TimeClass) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "claims": sorted(claim.id for claim in claims),
        "documents": len({document for claim in claims for document in claim.documents}),
        "reading": all(claim.is_reading for claim in claims),
        "disputed": any(_disagree(one, other, time_class) for one, other in combinations(claims, 2)),
    }
    if time_class is not TimeClass.TIMELESS:
        properties |= narrowest([claim.bounds for claim in claims])._asdict()
    qualifiers: dict[str, set[str | int]] = defaultdict(set)
    for claim in claims:
        for name, value in claim.qualifiers.items():
            qualifiers[name].add(value)
    for name, given in sorted(qualifiers.items()):
        if len(given) == 1:
            properties[name] = next(iter(given))
        else:
            properties[f"{name}_values"] = sorted(str(value) for value in given)
    return properties


def _disagree(one: LiveClaim, other: LiveClaim, time_class: TimeClass) -> bool:
    if time_class is not TimeClass.TIMELESS and bounds_disagree(one.bounds, other.bounds):
        # What happened on two days happened twice; only a period with two starts or ends is a contradiction.
        return time_class is TimeClass.STATE
    mine, theirs = one.exclusive, other.exclusive
    return any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys())


def _mark_rivals(found: list[tuple[PlainRelationship, list[LiveClaim]]]) -> None:
    """Two objects at once are a dispute where the schema allows one at a time."""
    for (one, ours), (other, theirs) in combinations(found, 2):
        if one.type != other.type or one.object == other.object or not SCHEMA.relationship(one.type).one_at_a_time:
            continue
        if any(must_meet(mine.bounds, their.bounds) for mine in ours for their in theirs):
            one.properties["disputed"] = other.properties["disputed"] = True
