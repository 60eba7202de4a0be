"""The curated seeds that come with the package: each folder or file of `seeds/` is one source."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from graph.errors import InputError
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.facts import FactFile, read_fact_files
from graph.schema.model import did_you_mean

__all__ = [
    "judgements_folder",
    "needed_seeds",
    "read_seeds",
    "seed_files",
    "seed_of",
    "seeds_folder",
    "stories_folder",
]


def seeds_folder() -> Path:
    """Where the seeds are: inside the installed package, or beside it in a checkout."""
    packaged = Path(str(files("graph") / "seeds"))
    return packaged if packaged.is_dir() else packaged.parent.parent / "seeds"


def judgements_folder() -> Path:
    """Where the judgements are that come with the package; they are no facts."""
    return seeds_folder() / "judgements"


def stories_folder() -> Path:
    """Where the stories are that come with the package; they state nothing that the seeds do not."""
    return seeds_folder() / "stories"


def seed_files() -> list[Path]:
    """The fact files of the seeds."""
    others = (judgements_folder(), stories_folder())
    return sorted(path for path in seeds_folder().rglob("*.yaml") if path.parent not in others)


def read_seeds() -> dict[str, list[FactFile]]:
    """All seeds, checked together: their files by the name of the seed, in the order in which they are loaded."""
    facts = read_fact_files(seed_files())
    seeds: dict[str, list[FactFile]] = {}
    for file in facts.files:
        seeds.setdefault(seed_of(Path(file.path)), []).append(file)
    return seeds


def seed_of(path: Path) -> str:
    """The seed to which a file belongs: the folder or the file right below `seeds/`."""
    return path.relative_to(seeds_folder()).parts[0].removesuffix(".yaml")


def needed_seeds(seeds: dict[str, list[FactFile]], wanted: list[str]) -> list[str]:
    """`wanted` seeds and those that name what they mention, in the order of `seeds`; InputError for an unknown one."""
    for name in wanted:
        if name not in seeds:
            sources = [source.name for source in SourceCatalogue()]
            raise InputError(
                f"there is no seed and no file `{name}`, and no source of this name",
                hint=did_you_mean(name, [*seeds, *sources])
                or f"the seeds are {', '.join(seeds)}; the sources are {', '.join(sources)}",
            )
    home = {entity: name for name, parts in seeds.items() for file in parts for entity in file.named}
    needed: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += {home[e] for file in seeds[name] for e in file.mentioned if e in home} - needed
    return [name for name in seeds if name in needed]
