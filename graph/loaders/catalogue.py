"""The catalogue of known sources: who publishes them, under which licence, where, and what their files look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Any, Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from graph.errors import SchemaError, SourceError
from graph.loaders.tables import Table
from graph.schema.dates import days_of
from graph.schema.model import did_you_mean

__all__ = ["Publisher", "SourceCatalogue", "SourceDescription", "mistake_in", "read_description"]

_ADDRESS: Final = re.compile(r"https://[^/@\s]+/|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?/")
"""Everything is fetched encrypted; only a server on this very machine may be asked without."""
_Text = Annotated[str, Field(min_length=1)]


class Publisher(BaseModel):
    """Who publishes a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: _Text
    kind: str = "OtherBody"


class SourceDescription(BaseModel):
    """One known source; `settings` belong to its loader, which checks them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    loader: _Text
    """The kind of input, which decides who reads it."""
    title: _Text
    document: Annotated[str, Field(pattern=r"^document:")]
    publisher: Publisher
    licence: _Text
    licence_url: _Text
    attribution: _Text
    url: str | None = None
    """Where people read about it."""
    addresses: dict[str, str] = Field(default_factory=dict)
    """File name to the address from which it is fetched; `{revision}` in it stands for the version that is wanted."""
    revision: str | None = None
    """What stands for the version that is described, such as a commit."""
    newest: str | None = None
    """What stands for the newest version, such as a branch."""
    checksums: dict[str, str] = Field(default_factory=dict)
    """The SHA-256 of files of the version that is described."""
    redirects: tuple[str, ...] = ()
    """Other hosts to which an address may lead on."""
    largest_megabytes: Annotated[int, Field(gt=0)] = 50
    """A file that is larger is not fetched."""
    by_hand: str | None = None
    """Where and how a person gets the files that have no address."""
    is_cited: bool = True
    """Whether the claims cite it; a table of one's own names what it cites row by row."""
    as_at: str
    """The day of the data in the version described: an end that is open is certain until then."""
    folder: _Text
    needs: tuple[str, ...] = ()
    """Sources that are loaded before, because they name what this one mentions."""
    schemes: tuple[str, ...]
    """Of the identifiers by which its records are known elsewhere."""
    tables: dict[str, Table]
    files_unused: dict[str, str] = Field(default_factory=dict)
    settings: dict[str, Any] = Field(default_factory=dict)
    sha256: str = ""
    """Of the description itself: another one gives other claims."""

    @field_validator("as_at", mode="before")
    @classmethod
    def _is_date(cls, value: object) -> str:
        days_of(str(value))
        return str(value)

    @field_validator("addresses")
    @classmethod
    def _are_addresses(cls, addresses: dict[str, str]) -> dict[str, str]:
        for address in addresses.values():
            if not _ADDRESS.match(address):
                raise ValueError(f"an address begins with https://, and {address!r} does not")
        return addresses

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        files = {table.file for table in self.tables.values()}
        if strange := sorted({*self.addresses, *self.checksums} - files):
            raise ValueError(f"{strange[0]!r} is the file of no table")
        if self.revision is None and any("{revision}" in address for address in self.addresses.values()):
            raise ValueError("an address has a {revision}, but no `revision` is given")
        return self


def read_description(content: bytes, file: str) -> SourceDescription:
    """A description from YAML; SourceError names the file and the field that is wrong."""
    try:
        given = yaml.safe_load(content)
        return SourceDescription.model_validate({**given, "sha256": sha256(content).hexdigest()})
    except (yaml.YAMLError, TypeError) as error:
        raise SourceError(f"the description cannot be read: {error}", where=file) from error
    except SchemaError as error:
        raise SourceError(error.message, where=file, hint=error.hint) from error
    except ValidationError as error:
        raise mistake_in(error, file) from error


def mistake_in(error: ValidationError, file: str, prefix: str = "") -> SourceError:
    """What is wrong with the first field of a description."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return SourceError(f"`{prefix}{place}`: {first['msg']}", where=file, hint="correct the description")


class SourceCatalogue:
    """The descriptions that come with the package, in the order in which they are loaded."""

    def __init__(self) -> None:
        self._sources = _packaged()

    def __iter__(self) -> Iterator[SourceDescription]:
        return iter(self._sources.values())

    def __contains__(self, name: object) -> bool:
        return name in self._sources

    def __getitem__(self, name: str) -> SourceDescription:
        found = self._sources.get(name)
        if found is None:
            known = list(self._sources)
            raise SourceError(
                f"there is no source `{name}`", hint=did_you_mean(name, known) or f"the sources are {', '.join(known)}"
            )
        return found

    def with_needed(self, names: list[str]) -> list[SourceDescription]:
        """These sources and those that they need, in the order in which they are loaded."""
        wanted: set[str] = set()
        waiting = list(names)
        while waiting:
            source = self[waiting.pop()]
            if source.name not in wanted:
                wanted.add(source.name)
                waiting += source.needs
        return [source for source in self if source.name in wanted]


@cache
def _packaged() -> dict[str, SourceDescription]:
    folder = files("graph.loaders") / "sources"
    found = {}
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".yaml"):
            description = read_description(item.read_bytes(), f"sources/{item.name}")
            found[description.name] = description
    try:
        order = TopologicalSorter({name: source.needs for name, source in found.items()}).static_order()
        return {name: found[name] for name in order}
    except (CycleError, KeyError) as error:
        raise SourceError(f"the needs of the sources lead nowhere: {error}", where="sources/") from error
