"""Keys of the API: made at random, shown once, and kept as hashes only.

A key has 256 random bits, so that a plain SHA-256 of it can be neither guessed nor looked up in tables.
"""

from __future__ import annotations

import hmac
import logging
import os
import secrets
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import InputError
from graph.settings import Settings

__all__ = ["Key", "Keys", "add_key", "read_keys", "remove_key"]

_PREFIX: Final = "iq_"
_log = logging.getLogger(__name__)


class Key(BaseModel):
    """What is kept of a key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[\w.-]{1,64}$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    created: datetime | None = None
    rate: str | None = Field(None, pattern=r"^[1-9]\d{0,8}/(second|minute|hour|day)$")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    keys: list[Key]


def read_keys(path: Path) -> list[Key]:
    """The keys of a file, none where it is not there; InputError where it is no such file."""
    try:
        return _File.model_validate_json(path.read_text(encoding="utf-8")).keys
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise InputError(
            "this is no file of keys that can be read", where=str(path), hint="`inquiry keys new` writes one"
        ) from error


def add_key(path: Path, name: str, *, rate: str | None = None) -> str:
    """Make a key, write its hash to the file, and return it; it cannot be shown again."""
    keys = read_keys(path)
    if any(key.name == name for key in keys):
        raise InputError(f"there is a key called {name} already", where=str(path), hint="`inquiry keys revoke` ends it")
    secret = _PREFIX + secrets.token_urlsafe(32)
    try:
        key = Key(name=name, sha256=_hash(secret), created=datetime.now(UTC), rate=rate)
    except ValidationError as error:
        raise InputError(
            f"a key cannot be called or have: {error.errors()[0]['input']!r}",
            hint="a name has letters, digits, `.`, `_` and `-`; a rate is written 60/minute",
        ) from error
    _write(path, [*keys, key])
    return secret


def remove_key(path: Path, name: str) -> None:
    """Take a key out of the file; it is refused from the next request on. InputError where there is none."""
    keys = read_keys(path)
    kept = [key for key in keys if key.name != name]
    if len(kept) == len(keys):
        raise InputError(f"there is no key called {name}", where=str(path), hint="`inquiry keys list` shows them")
    _write(path, kept)


def _write(path: Path, keys: list[Key]) -> None:
    aside = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_File(keys=keys).model_dump_json(indent=2, exclude_none=True) + "\n")
        aside.replace(path)
    except OSError as error:
        raise InputError(f"the file of keys cannot be written: {error.strerror}", where=str(path)) from error


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


class Keys:
    """The keys that are taken now: those of the setting, and those of the file, which is read anew when it changes.

    Where there was a key once, one is needed from then on: a file that is gone or torn opens nothing.
    """

    def __init__(self, settings: Settings) -> None:
        pairs = (pair.partition(":") for pair in (settings.api_keys or "").split())
        self._of_setting = [Key(name=name, sha256=digest) for name, _, digest in pairs]
        self._path = settings.api_keys_path
        self._seen: tuple[int, int, int] | None = self._mark()
        self._of_file = read_keys(self._path)
        self._are_needed = bool(self.all)

    @property
    def all(self) -> list[Key]:
        """Every key that is taken."""
        return [*self._of_setting, *self._of_file]

    def are_needed(self) -> bool:
        """Say whether one may ask only with a key."""
        self._look()
        self._are_needed = self._are_needed or bool(self.all)
        return self._are_needed

    def find(self, secret: str) -> Key | None:
        """The key that was given. All are compared, each in the same time, whichever it is."""
        digest = _hash(secret)
        found = [key for key in self.all if hmac.compare_digest(key.sha256, digest)]
        return found[0] if found else None

    def _look(self) -> None:
        mark = self._mark()
        if mark == self._seen:
            return
        self._seen = mark
        try:
            self._of_file = read_keys(self._path)
        except InputError as error:
            _log.error("%s; the keys that were read before stay", error)  # its trace says no more

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
