"""What is known of fetched files: from where, when, and which bytes; kept beside the cache, one record a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import SourceError
from graph.loaders.catalogue import SourceDescription
from graph.loaders.fetching.requests import Validators
from graph.loaders.tables import FileFacts

__all__ = ["FetchRecord", "FetchedFile", "check_dated", "read_record", "write_record"]


class FetchedFile(BaseModel):
    """One file as it came; `etag` and `last_modified` are the server's words for this version of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str
    sha256: str
    size: int
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None

    @property
    def validators(self) -> Validators:
        """What a server is asked with whether there is another version."""
        return Validators(self.etag, self.last_modified)


class FetchRecord(BaseModel):
    """The files of one source; `version` is the one that is described, or the newest one at the time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    version: Literal["described", "newest"]
    files: dict[str, FetchedFile] = Field(default_factory=dict)


def _place(root: Path, source: str) -> Path:
    return root / ".fetched" / f"{source}.json"


def read_record(root: Path, source: str) -> FetchRecord | None:
    """The record of a source below `root`, None where nothing was fetched there."""
    try:
        return FetchRecord.model_validate_json(_place(root, source).read_bytes())
    except (OSError, ValidationError):
        return None


def check_dated(description: SourceDescription, root: Path, files: Iterable[FileFacts], *, as_at: str | None) -> None:
    """Raises SourceError where files of the newest version are to be loaded under the day of the one described.

    When something was fetched does not say of which day it speaks, and nothing else says it either.
    """
    record = read_record(root, description.name)
    if as_at is not None or record is None or record.version == "described":
        return
    sums = {file.path.name: file.sha256 for file in files}
    newest = [file for name, file in record.files.items() if sums.get(name) == file.sha256]
    if newest and any(description.checksums.get(name) not in {None, digest} for name, digest in sums.items()):
        day = max(file.fetched_at for file in newest).date().isoformat()
        raise SourceError(
            f"the files are the newest that were there on {day}, not those of {description.as_at}",
            where=str(root / description.folder),
            hint=f"say of which day the data is with --as-at DAY ({description.url}), or fetch {description.name} "
            "without --newest",
        )


def write_record(root: Path, record: FetchRecord) -> None:
    """Keeps the record of a source, whole or not at all."""
    place = _place(root, record.source)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_suffix(".part")
    aside.write_text(record.model_dump_json(indent=2), encoding="utf-8")
    aside.replace(place)
