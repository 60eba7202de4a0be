"""What fact files say, about the entities that their ids are by judgements and identifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256

from graph.loaders.identity import Identified, Identity
from graph.loaders.judgements.joined import Group, Judged, scheme_of
from graph.schema.loads import LoadInput, LoadRequest

__all__ = ["settled"]


def settled(
    request: LoadRequest, judged: Judged, known: Callable[[frozenset[str]], Iterable[Identified]]
) -> LoadRequest:
    """A load of fact files whose claims lead where judgements and identifiers say; the same load where none does.

    `known` gives what is known by identifiers of some schemes, and of the seeds; it is asked only where it matters.
    """
    claims = list(request.claims)
    mentioned = {entity for claim in claims for entity in (claim.subject, claim.object) if entity is not None}
    schemes = frozenset(map(scheme_of, mentioned)) - {""}
    groups = [group for group in judged.groups_among(mentioned) if mentioned & set(group) != {_kept(group)}]
    if not groups and not schemes:
        return request
    others = {scheme_of(entity) for group in groups for entity in group} - {""}
    identity = Identity(known(schemes | others), groups, judged.parted)
    moved = [identity.settle(claim) for claim in claims]
    if all(after is before for after, before in zip(moved, claims, strict=True)):
        return request
    joins = LoadInput(name="joins", sha256=sha256(identity.digest.encode()).hexdigest())
    return replace(request, claims=tuple(moved), inputs=(*request.inputs, joins))


def _kept(group: Group) -> str:
    """The member whose id the joined entity keeps: one of the seeds, where there is one."""
    return next((member for member in group if not scheme_of(member)), group[0])
