"""From a description and a folder to a load: which loader reads which source, and what the writer is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from graph.errors import LoadRefused, SourceError
from graph.loaders import answers, areas, coroners, holders, inspections, members, organisations, posts
from graph.loaders.catalogue import SourceDescription
from graph.loaders.directory import Said
from graph.loaders.identity import Identified, Identity
from graph.loaders.judgements import NO_JUDGEMENTS, Judged
from graph.loaders.own import people, recommendations
from graph.loaders.problems import Problems
from graph.loaders.reading import Reading
from graph.loaders.tables import FileFacts, examine_file
from graph.schema import Claim, DocumentVersion, Source, make_claim
from graph.schema.ids import digest_of
from graph.schema.loads import LoadInput, LoadRequest
from graph.schema.model import did_you_mean

__all__ = ["FIND_BODIES", "LOADERS", "SourceLoad", "check_presence", "prepare_load"]

Loader = Callable[[Reading], Iterator[Claim]]

LOADERS: Final[dict[str, Loader]] = {
    "posts": posts.claims,
    "organisations": organisations.listing_claims,
    "organisation-codes": organisations.code_claims,
    "councils": areas.council_claims,
    "police-areas": areas.police_area_claims,
    "police-forces": areas.police_force_claims,
    "terms": members.term_claims,
    "members": members.member_claims,
    "people-in-posts": people.claims,
    "recommendations": recommendations.claims,
    "answered-recommendations": answers.claims,
    "coroners-reports": coroners.claims,
    "holders-of-posts": holders.claims,
    "inspections": inspections.claims,
}
"""Kinds of input, each with the function that makes claims of it."""
FIND_BODIES: Final = frozenset({"coroners-reports"})
"""Loaders that find the bodies of other sources by name and date."""
LOADER_VERSION: Final = 1
"""Raised when a loader makes other claims of the same files, so that they are loaded again."""
_LARGEST_LOSS: Final = 0.1
"""The share of the rows that a described version may lack before its files are held to be cut off."""


@dataclass(frozen=True)
class SourceLoad:
    """A source that is ready to be loaded. Its claims can be read again; each reading collects `problems` anew."""

    description: SourceDescription
    reading: Reading
    files: tuple[FileFacts, ...]

    @property
    def problems(self) -> Problems:
        """What the last reading found wrong with single rows."""
        return self.reading.problems

    @property
    def rows(self) -> int:
        """How many rows its files have."""
        return sum(file.rows for file in self.files)

    def __iter__(self) -> Iterator[Claim]:
        self.reading.begin()
        loader = LOADERS[self.description.loader]
        if self.description.is_cited:
            for claim in _document_claims(self.description, self.reading.source):
                yield self.reading.identity.settle(claim)
        for claim in loader(self.reading):
            yield self.reading.identity.settle(claim)

    @property
    def _joins(self) -> str:
        """Changes when a record could lead to another entity."""
        digest = self.reading.identity.digest
        by_name = (self.reading.bodies, sorted(self.reading.written_as.items()))
        return digest_of([digest, *by_name]) if any(by_name) else digest

    def request(self) -> LoadRequest:
        """What the writer needs. The description and the joins are inputs too: others give other claims."""
        version = self.reading.source.version
        return LoadRequest(
            loader=f"{self.description.loader}/{LOADER_VERSION}",
            source=self.description.name,
            inputs=(
                *(LoadInput(name=file.path.name, sha256=file.sha256, rows=file.rows) for file in self.files),
                LoadInput(name="description", sha256=self.description.sha256),
                LoadInput(name="joins", sha256=sha256(self._joins.encode()).hexdigest()),
                LoadInput(name="as at", sha256=sha256(str(version).encode()).hexdigest()),
            ),
            claims=self,
            versions=(version,) if version is not None and self.description.is_cited else (),
        )


def prepare_load(
    description: SourceDescription,
    data: Path,
    known: Iterable[Identified] = (),
    *,
    bodies: Iterable[Said] = (),
    judged: Judged = NO_JUDGEMENTS,
    as_at: str | None = None,
    accept_shrinkage: bool = False,
) -> SourceLoad:
    """Examines the files of a source below `data` before anything is loaded.

    `bodies` is what the sources loaded before say of bodies, for those that are found by name; `judged` is what people
    judged of identity. `as_at` is the day of
    a newer version than the one described. Raises SourceError where a file is missing or not as described, and
    LoadRefused where it has far fewer rows than the description says.
    """
    if description.loader not in LOADERS:
        raise SourceError(
            f"there is no loader `{description.loader}`",
            where=f"sources/{description.name}.yaml",
            hint=did_you_mean(description.loader, list(LOADERS)) or f"the loaders are {', '.join(LOADERS)}",
        )
    check_presence(description, data)
    folder = data / description.folder
    files = tuple(examine_file(folder / table.file, table) for table in description.tables.values())
    if not accept_shrinkage:
        _refuse_losses(description, files)
    version = DocumentVersion(
        document=description.document,
        published=as_at or description.as_at,
        sha256=sha256("".join(f"{file.sha256}  {file.path.name}\n" for file in files).encode()).hexdigest(),
    )
    source = Source(document=description.document, is_register=True, version=version)
    known = list(known)
    groups = judged.groups_of(description.schemes)
    concerned = {entity for group in groups for entity in group}
    schemes = judged.schemes_with(description.schemes)
    mine = [entry for entry in known if entry.scheme in schemes or entry.entity in concerned]
    everyone = Identity(known, judged.groups, judged.parted)
    written_as = {
        name: entity and everyone.entity(entity)
        for name, entity in (judged.written_as if description.loader in FIND_BODIES else {}).items()
    }
    identity = Identity(mine, groups, judged.parted)
    reading = Reading(description, folder, source, identity, bodies=tuple(sorted(set(bodies))), written_as=written_as)
    return SourceLoad(description, reading, files)


def check_presence(description: SourceDescription, data: Path) -> None:
    """Raises SourceError where a file of the source is not below `data`."""
    for table in description.tables.values():
        path = data / description.folder / table.file
        if not path.is_file():
            raise SourceError(
                f"a file of {description.name} is not there",
                where=str(path),
                hint=_where_to_get(description),
            )


def _where_to_get(description: SourceDescription) -> str:
    told = "say where the data is with --data FOLDER or INQUIRY_DATA"
    return f"`inquiry fetch {description.name}` brings it, or {told}" if description.addresses else told


def _refuse_losses(description: SourceDescription, files: Iterable[FileFacts]) -> None:
    for file, table in zip(files, description.tables.values(), strict=True):
        if table.rows is not None and file.rows < table.rows * (1 - _LARGEST_LOSS):
            raise LoadRefused(
                f"the file has {file.rows:,} rows; {table.rows:,} were there in the version of {description.as_at}",
                where=str(file.path),
                hint="get the file again; if that is right, load it with --accept-shrinkage",
            )


def _document_claims(description: SourceDescription, source: Source) -> Iterator[Claim]:
    """What is known of the data set itself; licence and attribution travel with it."""
    document, publisher = description.document, description.publisher

    def says(subject: str, predicate: str, value: str | None = None, target: str | None = None) -> Claim:
        return make_claim(
            subject, predicate, source=source, value=value, target=target, locator="description of the data set",
            record_key="data set",
        )  # fmt: skip

    yield says(document, "kind", "Document")
    yield says(document, "name", description.title)
    yield says(document, "form", "dataset")
    yield says(document, "licence", description.licence)
    yield says(document, "attribution", description.attribution)
    if description.url is not None:
        yield says(document, "url", description.url)
    yield says(document, "PUBLISHED_BY", target=publisher.id)
    yield says(publisher.id, "kind", publisher.kind)
    yield says(publisher.id, "name", publisher.name)
