"""The data folder of the local server: what is where, whom it belongs to, and which Neo4j wrote it."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from graph.errors import LocalServerError

__all__ = ["Layout"]

_log = logging.getLogger(__name__)

# The server writes it when it begins to take queries.
_OPEN = "Bolt enabled on"


@dataclass(frozen=True)
class Layout:
    """Names in the data folder.

    `neo4j-version` says which Neo4j wrote `data`; `unfinished` is there from the preparation of a new store until
    somebody has seen its server answer.
    """

    root: Path

    @property
    def configuration(self) -> Path:
        return self.root / "conf"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def console_log(self) -> Path:
        return self.logs / "console.log"

    @property
    def server_log(self) -> Path:
        """What the server itself tells; on the console it writes only what goes wrong before it can write here."""
        return self.logs / "neo4j.log"

    @property
    def debug_log(self) -> Path:
        """Why a database could not be opened."""
        return self.logs / "debug.log"

    @property
    def imports(self) -> Path:
        return self.root / "import"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def state(self) -> Path:
        return self.root / "server.json"

    @property
    def stopped(self) -> Path:
        """Is there while the server is stopped on purpose: nobody but its user starts it then."""
        return self.root / "stopped"

    @property
    def password_file(self) -> Path:
        return self.root / "password"

    @property
    def version_file(self) -> Path:
        return self.root / "neo4j-version"

    @property
    def unfinished(self) -> Path:
        return self.root / "unfinished"

    @property
    def work(self) -> Path:
        """Where a new store is built beside the old one."""
        return self.root / "bulk"

    def create(self) -> None:
        """Make the folders; the data folder is the user's alone."""
        for folder in (self.root, self.configuration, self.data, self.logs, self.imports, self.root / "plugins"):
            folder.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)

    def read_version(self) -> str | None:
        """Return the version of the Neo4j that wrote the data, or None for a new folder."""
        if not self.version_file.is_file():
            return None
        return self.version_file.read_text(encoding="utf-8").strip()

    def check_version(self, version: str) -> None:
        """Refuse data of another Neo4j; nothing is touched.

        A later patch of one series (5.26.30, 5.26.31) reads what an earlier one wrote; anything else may rewrite the
        data so that the way back is closed, which is not for a start to decide.
        """
        written = self.read_version()
        if written is None and self._has_store() and not self.unfinished.exists():
            raise LocalServerError(
                f"the data in {self.data} was not made by inquiry: there is no {self.version_file.name} beside it",
                hint="set INQUIRY_DATA_DIR to another folder",
            )
        if written is None or _is_patch_of(written, version):
            return
        raise LocalServerError(
            f"the data in {self.root} was written by Neo4j {written}, and this is Neo4j {version}",
            hint=f"run it with Neo4j {written} (INQUIRY_NEO4J_HOME), or set INQUIRY_DATA_DIR to another folder",
        )

    def _has_store(self) -> bool:
        databases = self.data / "databases"
        return databases.is_dir() and any(databases.iterdir())

    def set_aside_half_written(self) -> None:
        """Move a store whose first start did not finish out of the way, where nobody can have written to it."""
        if not self.unfinished.exists() or not self.data.exists() or self._has_taken_queries():
            return
        aside = self.root / f"data-unfinished-{time.time_ns()}"
        self.data.rename(aside)
        self.data.mkdir()
        _log.warning(
            "The first start of the local server did not finish. Its half-written data is now in %s, which you can "
            "remove; a new store is made.",
            aside,
        )

    def _has_taken_queries(self) -> bool:
        """Say whether the server of an unfinished store was open to its users, who may have loaded something.

        The one who started it may be dead, and the next one may have gone in through the Browser.
        """
        try:
            return _OPEN in self.server_log.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return False

    def is_new(self) -> bool:
        """Say whether there is no store yet."""
        return not self._has_store()

    def begin(self, version: str) -> None:
        """Mark a new store as unfinished and say who writes it."""
        # What an earlier server wrote there says nothing of this store.
        self.server_log.unlink(missing_ok=True)
        self.unfinished.touch()
        self.version_file.write_text(f"{version}\n", encoding="utf-8")

    def finish(self, version: str) -> None:
        """The server has answered: the store is whole."""
        self.unfinished.unlink(missing_ok=True)
        if self.read_version() != version:
            self.version_file.write_text(f"{version}\n", encoding="utf-8")

    def read_password(self) -> str:
        """Return the password of the local server; raises LocalServerError where the file is gone."""
        try:
            password = self.password_file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            password = ""
        if not password:
            raise LocalServerError(
                "the password of the local server is gone, and its data cannot be opened without it",
                where=str(self.password_file),
                hint="put the file back, or set INQUIRY_DATA_DIR to another folder and load again",
            )
        return password

    def make_password(self) -> str:
        """Generate a password into a file that only the user can read, and return it."""
        with contextlib.suppress(FileNotFoundError):
            self.password_file.unlink()
        # Hexadecimal: neo4j-admin takes a password that begins with a dash for an option.
        password = secrets.token_hex(24)
        descriptor = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{password}\n")
        return password


def _is_patch_of(written: str, version: str) -> bool:
    old, new = _numbers(written), _numbers(version)
    return old[:2] == new[:2] and old <= new


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
