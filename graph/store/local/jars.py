"""The server's jars: pinned by version and sha256, fetched once into the user's cache, verified at each start."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from graph.errors import LocalServerError
from graph.settings import Settings
from graph.store.local import maven
from graph.store.local.progress import Progress, silent
from graph.store.local.runtime import INSTALL_HINT

__all__ = ["Distribution", "Jar", "JarLock", "fetch_jars", "find_distribution", "read_lock", "verify_jars"]

_LOCK_FILE = "jars-5.26.30.json"
_WITHOUT_NETWORK = (
    "on a machine without network set INQUIRY_NEO4J_HOME to an installed Neo4j, INQUIRY_NEO4J_JARS to a folder "
    "with the jars, or INQUIRY_NEO4J_URI to the address of a Neo4j of your own"
)


class Jar(BaseModel):
    """One jar by its Maven coordinates, and the sha256 that its bytes must have."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: str
    artifact: str
    version: str
    classifier: str = ""
    sha256: str

    @property
    def filename(self) -> str:
        ending = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{ending}.jar"


class JarLock(BaseModel):
    """All jars of one version of the server."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    neo4j: str
    jars: tuple[Jar, ...]


class Distribution(BaseModel):
    """A server that can be started: its version and the jars of its class path, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    class_path: tuple[Path, ...]


def read_lock() -> JarLock:
    """Read the lock file that is part of this package."""
    text = resources.files("graph.store.local").joinpath(_LOCK_FILE).read_text(encoding="utf-8")
    return JarLock.model_validate(json.loads(text))


def find_distribution(settings: Settings, *, progress: Progress = silent) -> Distribution:
    """Return the server to run: an installed one, jars brought by hand, or the pinned jars, fetched where they lack."""
    if settings.neo4j_home is not None:
        return _installed_distribution(settings.neo4j_home)
    lock = read_lock()
    if settings.neo4j_jars is not None:
        paths = [_find_by_hand(settings.neo4j_jars, jar) for jar in lock.jars]
        verify_jars(zip(lock.jars, paths, strict=True))
        return Distribution(version=lock.neo4j, class_path=tuple(paths))
    folder = settings.cache_dir / f"neo4j-{lock.neo4j}"
    return Distribution(version=lock.neo4j, class_path=tuple(fetch_jars(lock.jars, folder, progress=progress)))


def _installed_distribution(home: Path) -> Distribution:
    paths = sorted((home / "lib").glob("*.jar"))
    kernels = [
        path for path in paths if path.name.startswith("neo4j-kernel-") and path.stem.split("-")[2][:1].isdigit()
    ]
    if len(kernels) != 1:
        raise LocalServerError(
            f"there is no Neo4j in {home}: lib/ should hold one neo4j-kernel jar, and holds {len(kernels)}",
            where="INQUIRY_NEO4J_HOME",
        )
    if any(path.name.startswith("neo4j-enterprise") for path in paths):
        raise LocalServerError(
            f"{home} is an Enterprise edition, which inquiry does not run",
            where="INQUIRY_NEO4J_HOME",
            hint="start it yourself and set INQUIRY_NEO4J_URI to its address",
        )
    return Distribution(version=kernels[0].stem.removeprefix("neo4j-kernel-"), class_path=tuple(paths))


def _find_by_hand(folder: Path, jar: Jar) -> Path:
    """Find a jar in a flat folder or in one laid out as a Maven repository."""
    in_repository = folder.joinpath(*jar.group.split("."), jar.artifact, jar.version, jar.filename)
    for path in (folder / jar.filename, in_repository):
        if path.is_file():
            return path
    raise LocalServerError(f"{jar.filename} is missing in {folder}", where="INQUIRY_NEO4J_JARS")


def verify_jars(jars: Iterable[tuple[Jar, Path]]) -> None:
    """Raise LocalServerError for the first file whose bytes are not those of the lock file."""
    for jar, path in jars:
        if not _is_whole(jar, path):
            raise LocalServerError(
                f"{path} is not the jar that this version was made with: its sha256 differs",
                hint="remove it, so that it is fetched again, or bring the right one",
            )


def _is_whole(jar: Jar, path: Path) -> bool:
    # All 214 jars, 138 MB, take 0.2 s; so each start hashes them instead of trusting sizes and times.
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256


def fetch_jars(jars: Sequence[Jar], folder: Path, *, progress: Progress = silent) -> list[Path]:
    """Make `folder` hold all `jars`, verified; fetch only those that it lacks.

    Each jar is fetched aside and moved to its place when its sha256 is right, so a fetch that was killed goes on where
    it was, and a partial file is never taken for a whole one. Two fetches at once do no harm.
    """
    paths = [folder / jar.filename for jar in jars]
    missing = [jar for jar, path in zip(jars, paths, strict=True) if not _is_whole(jar, path)]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="partial-", dir=folder, ignore_cleanup_errors=True) as aside:
            _fetch_missing(missing, folder, Path(aside), len(jars), progress)
    return paths


def _fetch_missing(missing: Sequence[Jar], folder: Path, aside: Path, total: int, progress: Progress) -> None:
    """Fetch with Python; what that cannot bring, with `mvn` where it is installed."""
    have = total - len(missing)
    counter = _Counter(have, total, progress)
    try:
        _fetch_each(missing, lambda jar: _fetch_one(jar, folder, aside, counter))
    except LocalServerError as error:
        if not maven.is_installed():
            raise
        rest = [jar for jar in missing if not _is_whole(jar, folder / jar.filename)]
        counter.tell("fetching Neo4j with mvn")
        try:
            maven.copy_jars([(jar.group, jar.artifact, jar.version, jar.classifier) for jar in rest], aside / "mvn")
        except LocalServerError as also:
            raise LocalServerError(f"{error.message}; mvn: {also.message}", hint=error.hint) from error
        for jar in rest:
            _move_into_place(jar, aside / "mvn" / jar.filename, folder)
            counter.add()


class _Counter:
    """Counts jars for the progress bar, from several threads."""

    def __init__(self, done: int, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = done, total, progress
        self._lock = threading.Lock()
        self.tell("fetching Neo4j")

    def add(self) -> None:
        with self._lock:
            self._done += 1
        self.tell("fetching Neo4j")

    def tell(self, what: str) -> None:
        self._progress(what, self._done, self._total)


def _fetch_each(jars: Sequence[Jar], fetch: Callable[[Jar], None]) -> None:
    # Eight threads bring the 214 jars in about half a minute; after a first failure the rest is not tried.
    with ThreadPoolExecutor(max_workers=8) as pool:
        futures = [pool.submit(fetch, jar) for jar in jars]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _fetch_one(jar: Jar, folder: Path, aside: Path, counter: _Counter) -> None:
    try:
        from jgo.maven import MavenContext
    except ImportError:
        raise LocalServerError("the local Neo4j is not installed", hint=INSTALL_HINT) from None

    context = MavenContext(repo_cache=aside, timeout=30)
    try:
        fetched = context.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier).resolve()
    except (OSError, RuntimeError) as error:
        # What the network does wrong is an OSError too, but without a number of the operating system.
        if isinstance(error, OSError) and error.errno is not None:
            raise LocalServerError(f"{jar.filename} could not be kept in {folder}: {error.strerror}") from error
        raise LocalServerError(
            f"{jar.filename} could not be fetched ({type(error).__name__}): is the network closed?",
            hint=_WITHOUT_NETWORK,
        ) from error
    _move_into_place(jar, fetched, folder)
    counter.add()


def _move_into_place(jar: Jar, fetched: Path, folder: Path) -> None:
    if not _is_whole(jar, fetched):
        raise LocalServerError(
            f"{jar.filename} came with the wrong sha256 and was thrown away",
            hint="try again; if it stays so, something between you and the repository changes files",
        )
    shutil.move(fetched, folder / jar.filename)
