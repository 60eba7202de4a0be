"""Fetches a whole source: each of its files comes aside, and all go to their places together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from graph.errors import FetchError, LocalServerError
from graph.loaders.catalogue import SourceDescription
from graph.loaders.fetching.download import Download, Progress, Received, digest_of_file
from graph.loaders.fetching.records import FetchedFile, FetchRecord, read_record, write_record
from graph.loaders.fetching.requests import Wanted, new_client
from graph.store.local.lock import hold_lock

if TYPE_CHECKING:
    import httpx2

__all__ = ["SourceFetch", "fetch_source", "no_address", "presence", "wanted_files"]

_MEGABYTE: Final = 1_000_000
Version = Literal["described", "newest"]


class SourceFetch(NamedTuple):
    """What a fetch brought: each file with how it came, and the files that have no address."""

    record: FetchRecord
    outcomes: Mapping[str, str]
    by_hand: tuple[str, ...]

    def rows(self, folder: Path) -> Iterator[dict[str, Any]]:
        """One row for each file."""
        for name, outcome in self.outcomes.items():
            file = self.record.files[name]
            kept = {"fetched_at": file.fetched_at.isoformat(timespec="seconds"), "path": str(folder / name)}
            yield {
                "source": self.record.source, "file": name, "outcome": outcome, "version": self.record.version,
                **file.model_dump(exclude={"fetched_at"}), **kept,
            }  # fmt: skip


def wanted_files(description: SourceDescription, version: Version, *, largest: int | None = None) -> list[Wanted]:
    """The files of a source that have an address, in the order of its tables.

    `largest` in megabytes stands above what the description allows. Raises FetchError where none has an address, and
    where the newest version is asked for and the description leads to one version only.
    """
    if not description.addresses:
        raise no_address(description)
    if version == "newest" and description.newest is None:
        raise FetchError(
            f"the description of {description.name} leads to one version only, that of {description.as_at}",
            hint="leave out --newest; a newer version is got by hand",
        )
    revision = description.newest if version == "newest" else description.revision
    megabytes = largest if largest is not None else description.largest_megabytes
    return [
        Wanted(
            table.file,
            description.addresses[table.file].replace("{revision}", revision or ""),
            frozenset(description.redirects),
            megabytes * _MEGABYTE,
            description.checksums.get(table.file) if version == "described" else None,
        )
        for table in description.tables.values()
        if table.file in description.addresses
    ]


def no_address(description: SourceDescription) -> FetchError:
    """Says that a source is got by hand, and where."""
    return FetchError(
        f"the files of {description.name} have no address from which they could be fetched",
        hint=f"{description.by_hand}; put them into FOLDER/{description.folder} and load with --data FOLDER",
    )


def fetch_source(
    description: SourceDescription,
    root: Path,
    *,
    version: Version = "described",
    largest: int | None = None,
    progress: Progress = lambda *_: None,
    pause: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SourceFetch:
    """Brings the files of a source below `root`, where `inquiry load` finds them.

    A file that is there and has the checksum of the description is not asked for again; one that the server says is
    unchanged stays. What came of a fetch that broke off is taken up. None of the files is replaced before all are
    there, so that tables of two versions never stand beside each other.
    """
    files = wanted_files(description, version, largest=largest)
    folder, aside = root / description.folder, root / ".fetching" / description.name
    with _alone(description, aside), _client(files) as client:
        before = read_record(root, description.name)
        received: dict[str, Received] = {}
        for wanted in files:
            known = _known(before, wanted, folder / wanted.file)
            if known is not None and known.sha256 == wanted.checksum:
                received[wanted.file] = Received("unchanged", known.validators)
                continue
            have = known.validators if known is not None else None
            download = Download(client, wanted, aside / wanted.file, have=have, progress=progress, pause=pause)
            received[wanted.file] = download.run()
        record = _put_in_place(description, version, files, received, before, root=root, moment=now())
    by_hand = tuple(table.file for table in description.tables.values() if table.file not in description.addresses)
    return SourceFetch(record, {name: item.outcome for name, item in received.items()}, by_hand)


@contextmanager
def _alone(description: SourceDescription, aside: Path) -> Iterator[None]:
    """Two fetches of one source do not write into each other's files."""
    try:
        aside.mkdir(parents=True, exist_ok=True)
        with hold_lock(aside / "lock", seconds=0):
            yield
    except LocalServerError as error:
        raise FetchError(
            f"another inquiry is fetching {description.name}", where=str(aside), hint="wait for it, or end it"
        ) from error
    except OSError as error:
        raise FetchError(f"the files could not be kept: {error.strerror}", where=str(aside)) from error


def _client(files: list[Wanted]) -> httpx2.Client:
    # A server on this machine is asked directly, whatever proxy the environment names for the world outside.
    return new_client(trust_environment=any(wanted.address.startswith("https:") for wanted in files))


def _known(before: FetchRecord | None, wanted: Wanted, path: Path) -> FetchedFile | None:
    """What an earlier fetch brought from the same address, where it still lies there as it came."""
    known = before.files.get(wanted.file) if before is not None else None
    if known is None or known.address != wanted.address or wanted.checksum not in {None, known.sha256}:
        return None
    return known if path.is_file() and digest_of_file(path) == known.sha256 else None


def _put_in_place(
    description: SourceDescription,
    version: Version,
    files: list[Wanted],
    received: dict[str, Received],
    before: FetchRecord | None,
    *,
    root: Path,
    moment: datetime,
) -> FetchRecord:
    folder, aside = root / description.folder, root / ".fetching" / description.name
    folder.mkdir(parents=True, exist_ok=True)
    kept: dict[str, FetchedFile] = {}
    for wanted in files:
        item = received[wanted.file]
        if item.outcome == "unchanged" and before is not None:
            kept[wanted.file] = before.files[wanted.file]
            continue
        (aside / wanted.file).replace(folder / wanted.file)
        (aside / f"{wanted.file}.json").unlink(missing_ok=True)
        kept[wanted.file] = FetchedFile(
            address=wanted.address, sha256=item.sha256, size=item.size, fetched_at=moment, etag=item.validators.etag,
            last_modified=item.validators.last_modified,
        )  # fmt: skip
    record = FetchRecord(source=description.name, version=version, files=kept)
    write_record(root, record)
    return record


def presence(description: SourceDescription, root: Path) -> str:
    """Whether the files of a source are below `root`, in a few words."""
    files = [table.file for table in description.tables.values()]
    there = [file for file in files if (root / description.folder / file).is_file()]
    if not there:
        return "can be fetched" if description.addresses else "missing"
    if len(there) < len(files):
        return f"{len(there)} of {len(files)}"
    record = read_record(root, description.name)
    if record is None or not all(
        _is_fetched(record.files.get(file), root / description.folder / file) for file in there
    ):
        return "there"
    newest = max(file.fetched_at for file in record.files.values())
    return f"fetched {newest.date().isoformat()}"


def _is_fetched(known: FetchedFile | None, path: Path) -> bool:
    return known is not None and path.stat().st_size == known.size
