"""Downloads one file: taken up again where it broke off, never larger than allowed, whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from os import fsync
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import FetchError
from graph.loaders.fetching.requests import Again, Validators, Wanted, announced_range, asked
from graph.loaders.tables import looks_like_html

if TYPE_CHECKING:
    import httpx2
    from tenacity import RetryCallState

__all__ = ["Download", "Progress", "Received", "digest_of_file"]

_TRIES: Final = 4
"""In a row without a single new byte."""
_MOST_TRIES: Final = 100


class Progress(Protocol):
    """Told how many bytes of a file are there; `total` is None where the server does not say."""

    def __call__(self, file: str, done: int, total: int | None, /) -> None: ...


class Received(NamedTuple):
    """How a download ended. `fetched` and `resumed` lie at `path`; of `unchanged` the earlier file is still right."""

    outcome: Literal["fetched", "resumed", "unchanged"]
    validators: Validators
    sha256: str = ""
    size: int = 0


class _Part(BaseModel):
    """What is known of a file that is not whole yet; without it, what lies there cannot be taken up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    """Of a file that is whole and waits for the others of its source."""

    @property
    def validators(self) -> Validators:
        return Validators(self.etag, self.last_modified)

    @classmethod
    def of(cls, address: str, validators: Validators, sha256: str | None = None) -> Self:
        return cls(address=address, etag=validators.etag, last_modified=validators.last_modified, sha256=sha256)


class Download:
    """Brings one file to `path`, which is beside the place of the whole file and may hold a part of it already."""

    def __init__(
        self,
        client: httpx2.Client,
        wanted: Wanted,
        path: Path,
        *,
        have: Validators | None = None,
        progress: Progress = lambda *_: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._wanted = wanted
        self._path = path
        self._note = path.with_name(f"{path.name}.json")
        self._have = have
        self._progress = progress
        self._pause = pause
        self._resumed = False
        self._idle = 0
        """Tries since the last one that brought something."""

    def run(self) -> Received:
        """Asks until the file is whole; raises FetchError where that does not come about."""
        from tenacity import Retrying, retry_if_exception_type

        retrying = Retrying(
            retry=retry_if_exception_type(Again), stop=self._is_enough, wait=_wait, sleep=self._pause, reraise=True
        )
        try:
            return retrying(self._try)
        except Again as error:
            raise FetchError(
                f"the file could not be fetched: {error.reason}",
                where=self._wanted.address,
                hint="is the network closed? Try again later: what has come is kept and taken up",
            ) from error

    def _is_enough(self, state: RetryCallState) -> bool:
        return self._idle >= _TRIES or state.attempt_number >= _MOST_TRIES

    def _try(self) -> Received:
        self._idle += 1
        offset, part = self._there()
        headers = self._headers(offset, part)
        with asked(self._client, self._wanted, headers) as response:
            if response.status_code == 304:
                return self._unchanged(part)
            self._check_kind(response)
            if response.status_code == 200:
                offset = 0
            elif not self._continues(response, offset, part):
                self.discard()
                raise Again("the server has another file than the one that was begun")
            total = self._total(response, offset)
            self._resumed = offset > 0
            validators = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
            if offset == 0 or part is None:
                part = _Part.of(self._wanted.address, validators)
                self._begin(part)
            with _kept(self._path):
                self._write(response, offset, total)
        return self._finish(part.validators, total)

    def _unchanged(self, part: _Part | None) -> Received:
        if part is not None and part.sha256 is not None:
            return Received("resumed", part.validators, part.sha256, self._path.stat().st_size)
        if self._have is None:
            raise Again("the server says that nothing has changed since, though nothing had come before")
        return Received("unchanged", self._have)

    def _there(self) -> tuple[int, _Part | None]:
        """How much of the file is there already, where it can be taken up."""
        try:
            part = _Part.model_validate_json(self._note.read_bytes())
            size = self._path.stat().st_size
        except (OSError, ValidationError):
            return 0, None
        if part.address != self._wanted.address or part.validators.strong is None:
            return 0, None
        if part.sha256 is None:
            return size, part
        is_whole = part.sha256 == digest_of_file(self._path) and self._wanted.checksum in {None, part.sha256}
        return 0, part if is_whole else None

    def _headers(self, offset: int, part: _Part | None) -> dict[str, str]:
        strong = part.validators.strong if part is not None else None
        if offset and strong is not None:
            return {"Range": f"bytes={offset}-", "If-Range": strong}
        if part is not None and part.sha256 is not None:  # of a part that is not whole nothing is known to be unchanged
            return part.validators.headers
        return self._have.headers if self._have is not None else {}

    def _continues(self, response: httpx2.Response, offset: int, part: _Part | None) -> bool:
        """Whether an answer goes on where the part ends, with the same version of the file."""
        if response.status_code != 206 or part is None or not offset:
            return False
        span = announced_range(response)
        same = response.headers.get("etag") in {None, part.etag}
        return span is not None and span[0] == offset and same

    def _check_kind(self, response: httpx2.Response) -> None:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in {"text/html", "application/xhtml+xml"} and response.status_code in {200, 206}:
            raise self._not_a_table()
        packed = response.headers.get("content-encoding", "identity")
        if packed != "identity":
            raise FetchError(
                f"the server sends the file packed ({packed}), though it was asked not to", where=self._wanted.address
            )

    def _not_a_table(self) -> FetchError:
        self.discard()
        return FetchError(
            "a web page came instead of the file",
            where=self._wanted.address,
            hint="a network that asks you to log in does that; otherwise get the file by hand",
        )

    def _total(self, response: httpx2.Response, offset: int) -> int | None:
        """How long the whole file will be; raises FetchError where that is too long, or where nobody could tell."""
        span = announced_range(response) if offset else None
        length = response.headers.get("content-length")
        total = offset + int(length) if length is not None and length.isdigit() else None
        if span is not None and span[1] is not None:
            total = span[1]
        ends = total is not None or "chunked" in response.headers.get("transfer-encoding", "").lower()
        if not ends and self._wanted.checksum is None:
            raise FetchError(
                "the server does not say how long the file is, so that nobody could tell whether it is whole",
                where=self._wanted.address,
                hint="get the file by hand",
            )
        if total is not None and total > self._wanted.largest:
            raise self._too_large(f"{total:,}")
        return total

    def _too_large(self, size: str) -> FetchError:
        self.discard()
        return FetchError(
            f"the file has {size} bytes, and at most {self._wanted.largest:,} are taken",
            where=self._wanted.address,
            hint="if that is right, allow more with --largest MEGABYTES",
        )

    def _begin(self, part: _Part) -> None:
        with _kept(self._path):
            self.discard()
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._note.write_text(part.model_dump_json(), encoding="utf-8")
            self._path.touch()

    def _write(self, response: httpx2.Response, offset: int, total: int | None) -> None:
        done = offset
        with self._path.open("ab") as file:
            self._progress(self._wanted.file, done, total)
            for chunk in response.iter_raw():  # without a size, so that nothing is held back when it breaks off
                if done == 0 and looks_like_html(chunk):
                    raise self._not_a_table()
                done += len(chunk)
                if done > self._wanted.largest:
                    raise self._too_large(f"more than {self._wanted.largest:,}")
                file.write(chunk)
                self._idle = 0
                self._progress(self._wanted.file, done, total)
            file.flush()
            fsync(file.fileno())

    def _finish(self, validators: Validators, total: int | None) -> Received:
        size = self._path.stat().st_size
        if total is not None and size != total:
            if size > total:
                self.discard()
            raise Again(f"{size:,} of {total:,} bytes came")
        digest = digest_of_file(self._path)
        if self._wanted.checksum is not None and digest != self._wanted.checksum:
            self.discard()
            raise FetchError(
                f"what came is not the file of the version that is described: its sha256 is {digest}",
                where=self._wanted.address,
                hint="it was thrown away; `inquiry fetch --newest` takes the newest version, where there is one",
            )
        with _kept(self._path):
            self._note.write_text(_Part.of(self._wanted.address, validators, digest).model_dump_json(), "utf-8")
        return Received("resumed" if self._resumed else "fetched", validators, digest, size)

    def discard(self) -> None:
        """Throws away what is there."""
        for path in (self._note, self._path):
            path.unlink(missing_ok=True)


def _wait(state: RetryCallState) -> float:
    """Half a second, doubled each time, or what the server asks for."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked_for = error.after if isinstance(error, Again) else 0.0
    return max(asked_for, min(0.5 * 2.0 ** (state.attempt_number - 1), 10.0))


@contextmanager
def _kept(path: Path) -> Iterator[None]:
    """What the disk refuses is told with the place."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise FetchError(f"the file could not be kept: {error.strerror}", where=str(path)) from error


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
