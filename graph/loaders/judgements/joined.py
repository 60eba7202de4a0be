"""What judgements add up to: groups of entities that are one, pairs that are not, and where spellings lead.

Files that ship and files of one's own count together. A judgement of one's own stands in place of a shipped one on the
same pair or spelling; everything else must not contradict.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from graph.errors import FactFileError, InputError
from graph.loaders.judgements.files import NameJudgement, PairJudgement, Verdict, read_judgement_files
from graph.loaders.seeds import judgements_folder
from graph.schema.ids import name_key

__all__ = ["NO_JUDGEMENTS", "Judged", "read_judgements", "scheme_of"]

Group = tuple[str, ...]
T = TypeVar("T", PairJudgement, NameJudgement)


class Judged:
    """Judgements that agree with each other."""

    def __init__(self, pairs: Iterable[PairJudgement] = (), names: Iterable[NameJudgement] = ()) -> None:
        self.pairs = tuple(pairs)
        self.names = tuple(names)
        self.groups: tuple[Group, ...] = tuple(_groups(self.pairs))
        """Entities that are one. The first of a group is the one that a judgement named first."""

    def with_pair(self, judgement: PairJudgement) -> Judged:
        """These and one more, in place of an earlier one on the pair; FactFileError where it contradicts others."""
        pairs = [*(pair for pair in self.pairs if pair.pair != judgement.pair), judgement]
        problems = list(_contradictions(pairs))
        if problems:
            raise FactFileError(problems, "the judgements")
        return Judged(pairs, self.names)

    @property
    def parted(self) -> dict[frozenset[str], str]:
        """Pairs that are two, each with the place of the judgement."""
        return {judgement.pair: judgement.place for judgement in self.pairs if judgement.verdict is Verdict.DIFFERENT}

    @property
    def written_as(self) -> dict[str, str | None]:
        """The body that a spelling names, or None where it names none."""
        return {judgement.written_as: judgement.entity for judgement in self.names}

    @property
    def decided(self) -> set[frozenset[str]]:
        """All pairs of which somebody has judged something, and those that follow from it."""
        pairs = {judgement.pair for judgement in self.pairs}
        return pairs | {frozenset((one, other)) for group in self.groups for one in group for other in group}

    def groups_of(self, schemes: Iterable[str]) -> tuple[Group, ...]:
        """Those that hold a record of one of these schemes of identifiers."""
        given = set(schemes)
        return tuple(group for group in self.groups if not given.isdisjoint(map(scheme_of, group)))

    def schemes_with(self, schemes: Iterable[str]) -> frozenset[str]:
        """These schemes, and those of the records with which theirs were judged to be one."""
        given = frozenset(schemes)
        return given | ({scheme_of(entity) for group in self.groups_of(given) for entity in group} - {""})

    def groups_among(self, entities: Iterable[str]) -> tuple[Group, ...]:
        """Those that hold one of these entities."""
        given = set(entities)
        return tuple(group for group in self.groups if not given.isdisjoint(group))


def scheme_of(entity: str) -> str:
    """The scheme in the id that a source gives: `govuk` of `body:govuk.home-office`; empty for other ids."""
    scheme, dot, _ = entity.partition(":")[2].partition(".")
    return scheme if dot else ""


def read_judgements(own: Path | None = None) -> Judged:
    """The shipped judgements and those in the folder `own`.

    Raises FactFileError where a file cannot be read as judgements, and where two judgements contradict each other.
    """
    layers = [read_judgement_files(folder) for folder in (judgements_folder(), own) if folder is not None]
    problems: list[InputError] = []
    pairs = _put_together([[p for file in files for p in file.pairs] for files in layers], problems)
    names = _put_together([[n for file in files for n in file.names] for files in layers], problems)
    if not problems:
        problems += _contradictions(pairs)
    if problems:
        raise FactFileError(problems, "the files of judgements")
    return Judged(pairs, names)


def _put_together(layers: Sequence[Sequence[T]], problems: list[InputError]) -> list[T]:
    """One judgement on each thing; a later layer stands in place of an earlier one."""
    found: dict[object, T] = {}
    for layer in layers:
        mine: dict[object, T] = {}
        for judgement in layer:
            about = _about(judgement)
            first = mine.setdefault(about, judgement)
            if _says(first) != _says(judgement):
                problems.append(
                    InputError(
                        f"{_words(judgement)}, but {_words(first)} in {first.place}",
                        where=judgement.place,
                        hint="take one of the two out",
                    )
                )
        found |= mine
    return list(found.values())


def _about(judgement: PairJudgement | NameJudgement) -> object:
    return judgement.pair if isinstance(judgement, PairJudgement) else name_key(judgement.written_as)


def _says(judgement: PairJudgement | NameJudgement) -> object:
    return judgement.verdict if isinstance(judgement, PairJudgement) else judgement.entity


def _words(judgement: PairJudgement | NameJudgement) -> str:
    if isinstance(judgement, PairJudgement):
        verdict = judgement.verdict.value.replace("_", " ")
        return f"{judgement.one} and {judgement.other} are judged `{verdict}`"
    return f"{judgement.written_as!r} names {judgement.entity or 'nobody'}"


def _contradictions(pairs: Sequence[PairJudgement]) -> Iterator[InputError]:
    """Two that are different, but one by way of others."""
    links = _links(pairs)
    for judgement in pairs:
        if judgement.verdict is Verdict.DIFFERENT:
            way = _way(links, judgement.one, judgement.other)
            if way is not None:
                steps = "; ".join(f"{step.one} = {step.other} ({step.place})" for step in way)
                yield InputError(
                    f"{judgement.one} and {judgement.other} are judged different, but others make them one: {steps}",
                    where=judgement.place,
                    hint="take out, or judge anew, the one that is wrong",
                )


def _links(pairs: Iterable[PairJudgement]) -> dict[str, list[tuple[str, PairJudgement]]]:
    links: dict[str, list[tuple[str, PairJudgement]]] = defaultdict(list)
    for judgement in pairs:
        if judgement.verdict is Verdict.SAME:
            links[judgement.one].append((judgement.other, judgement))
            links[judgement.other].append((judgement.one, judgement))
    return links


def _way(links: dict[str, list[tuple[str, PairJudgement]]], start: str, end: str) -> list[PairJudgement] | None:
    """The judgements that lead from one entity to another, the fewest."""
    ways: dict[str, list[PairJudgement]] = {start: []}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == end:
            return ways[here]
        for there, judgement in links.get(here, ()):
            if there not in ways:
                ways[there] = [*ways[here], judgement]
                waiting.append(there)
    return None


def _groups(pairs: Sequence[PairJudgement]) -> Iterator[Group]:
    links = _links(pairs)
    order = {entity: number for number, entity in enumerate(links)}  # in which judgements name them
    seen: set[str] = set()
    for start in order:
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            for there, _ in links[waiting.pop()]:
                if there not in group:
                    group.add(there)
                    waiting.append(there)
        seen |= group
        yield (start, *sorted(group - {start}, key=order.__getitem__))


NO_JUDGEMENTS = Judged()
