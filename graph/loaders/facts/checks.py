"""What only all blocks together can show: unknown entities, second names, private people, corrections left standing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from typing import Final

from graph.errors import InputError
from graph.loaders.facts.blocks import Said
from graph.loaders.facts.suggestions import Names
from graph.loaders.facts.yaml_tree import Place
from graph.schema import Claim, Source
from graph.schema.ids import kind_prefix
from graph.schema.loads import Closing
from graph.schema.model import did_you_mean

__all__ = ["NOTHING_KNOWN", "Known", "check_closings", "check_mentions", "check_names", "check_people", "public_people"]

_PUBLIC_ROLES: Final = frozenset({"HELD", "MEMBER_OF"})
_PUBLIC_PARTS: Final = frozenset({"LED_BY", "WRITTEN_BY"})
_SHOWN_LINES: Final = 5


@dataclass(frozen=True)
class Known:
    """What exists outside the files that are read: ids that may be mentioned, documents, people known to be public.

    `names` serve suggestions only.
    """

    ids: Collection[str] = frozenset()
    sources: Lookup[str, Source] = field(default_factory=dict)
    people: Collection[str] = frozenset()
    names: Names = field(default_factory=dict)


NOTHING_KNOWN: Final = Known()


def check_mentions(said: Said, known: Known) -> None:
    """Reports each unknown entity once in a file, where it is mentioned first."""
    named = {claim.subject for claim, _ in said.claims if claim.predicate == "name"} | set(known.ids)
    named |= set(known.sources)
    unknown: dict[tuple[str, str], list[Place]] = {}
    for entity, place in said.mentioned:
        slug = entity.partition(":")[2]
        if entity not in named | said.spoilt and slug not in said.spoilt_slugs:
            unknown.setdefault((place.file, entity), []).append(place)
    for (_, entity), places in unknown.items():
        first, *others = sorted(places, key=lambda place: (place.line, place.column))
        prefix, _, slug = entity.partition(":")
        message = f"unknown {prefix} `{slug}`{_also_in(first, others)}"
        said.report(InputError(message, hint=_meant(entity, named)), first)


def _also_in(first: Place, others: list[Place]) -> str:
    lines = sorted({place.line for place in others} - {first.line})
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:_SHOWN_LINES])) + (" …" if len(lines) > _SHOWN_LINES else "")
    return f", also in line{'s' if len(lines) > 1 else ''} {shown}"


def _meant(entity: str, named: set[str]) -> str:
    prefix, _, slug = entity.partition(":")
    same_slug = [other for other in sorted(named) if other.partition(":")[2] == slug]
    if same_slug:
        return f"did you mean `{same_slug[0]}`?"
    near = did_you_mean(slug, [other.partition(":")[2] for other in named if kind_prefix(other) == prefix])
    if near:
        return near
    title = "a `title` under `document:`, or " if prefix == "document" else ""
    return f"give it {title}a name in a block `entity: {entity}`"


def check_names(said: Said) -> None:
    """One document gives an entity one name; another name is an `other_name`."""
    names: dict[tuple[str, str], tuple[str, Place]] = {}
    for claim, place in said.claims:
        if claim.predicate != "name" or claim.value is None or not claim.dates.is_empty:
            continue
        key = (claim.citations[0].document, claim.subject)
        earlier = names.setdefault(key, (str(claim.value.value), place))
        if earlier[0] != claim.value.value:
            said.report(
                InputError(
                    f"{claim.subject} is named twice with different content: {earlier[0]!r} at {earlier[1]}",
                    hint="give a second name as `other_name`, or the second entity another id",
                ),
                place,
            )


def public_people(claims: Iterable[Claim]) -> Iterator[str]:
    """The people who hold an office, belong to a house or party, chair or write, according to `claims`."""
    for claim in claims:
        if claim.predicate in _PUBLIC_ROLES and kind_prefix(claim.subject) == "person":
            yield claim.subject
        elif claim.predicate in _PUBLIC_PARTS and claim.object is not None and kind_prefix(claim.object) == "person":
            yield claim.object


def check_people(said: Said, known: Known) -> None:
    """Reports each person who is named without a public part."""
    spared = set(public_people(claim for claim, _ in said.claims)) | set(known.people) | said.in_question
    for claim, place in said.claims:
        if claim.predicate == "name" and kind_prefix(claim.subject) == "person" and claim.subject not in spared:
            spared.add(claim.subject)
            said.report(
                InputError(
                    f"{claim.subject} holds no office here, and chairs or writes nothing",
                    hint="the graph names people only as holders of offices, chairs, panel members and authors",
                ),
                place,
            )


def check_closings(said: Said, closings: list[tuple[Closing, Place]]) -> None:
    """Reports each correction whose mistaken line still stands."""
    made = {claim.id for claim, _ in said.claims}
    for closing, place in closings:
        if closing.claim in made:
            said.report(
                InputError("what this correction closes still stands in the file", hint="take the mistaken line out"),
                place,
            )
