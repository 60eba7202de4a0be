"""The claims of the real sources, made once for all tests, with the joins that the seeds and the needed sources give.

`source` gives a source with its claims; `say` those of its claims that have a predicate, a subject or an object.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.directory import body_facts
from graph.loaders.identity import identified_by
from graph.loaders.judgements import read_judgements
from graph.loaders.registry import FIND_BODIES, SourceLoad, prepare_load
from graph.loaders.seeds import read_seeds
from graph.schema import Claim

Claims = Callable[..., list[Claim]]


class Loaded:
    """A source with its claims."""

    def __init__(self, load: SourceLoad) -> None:
        self.load = load
        self.claims = list(load)


@cache
def load_of(name: str, data: Path) -> Loaded:
    description = SourceCatalogue()[name]
    seeds = [claim for files in read_seeds().values() for file in files for claim in file.claims]
    known, bodies = identified_by(seeds), body_facts(seeds)
    for needed in SourceCatalogue().with_needed(list(description.needs)):
        known += identified_by(load_of(needed.name, data).claims)
        bodies += body_facts(load_of(needed.name, data).claims)
    needed_bodies = bodies if description.loader in FIND_BODIES else ()
    return Loaded(prepare_load(description, data, known, bodies=needed_bodies, judged=read_judgements()))


@pytest.fixture
def source(shared_data: Path) -> Callable[[str], Loaded]:
    return lambda name: load_of(name, shared_data)


@pytest.fixture
def say(source: Callable[[str], Loaded]) -> Claims:
    """Give what a source says with a predicate of a subject or to an object."""

    def find(name: str, predicate: str, subject: str | None = None, target: str | None = None) -> list[Claim]:
        return [
            claim
            for claim in source(name).claims
            if claim.predicate == predicate
            and subject in {None, claim.subject, claim.subject_ref}
            and target in {None, claim.object, claim.object_ref}
        ]

    return find
