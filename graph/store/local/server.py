"""The local server as the commands see it: up, down, status, logs."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import LocalServerError
from graph.settings import Settings
from graph.store.local.admin import run_admin_tool
from graph.store.local.configuration import ENTRY_POINT, Ports, choose_memory, java_arguments, neo4j_conf, quote
from graph.store.local.jars import Distribution, find_distribution
from graph.store.local.layout import Layout
from graph.store.local.lock import hold_lock
from graph.store.local.process import (
    ServerState,
    find_server,
    home_argument,
    is_alive,
    read_state,
    record,
    start_detached,
    stop,
)
from graph.store.local.progress import Progress, silent
from graph.store.local.readiness import (
    Answer,
    PortLost,
    ServerEnded,
    TornLog,
    ask,
    explain_end,
    explain_failure,
    read_lines,
)
from graph.store.local.replacement import Replacement
from graph.store.local.runtime import find_java

__all__ = ["LocalServer", "Pulse", "ServerStatus"]

_log = logging.getLogger(__name__)

USER = "neo4j"
_START_SECONDS = 180
_STOP_SECONDS = 120
_HUNG_SECONDS = 5
"""For a server that does not answer and may still close its files."""
_PAUSE = 0.1
_TRIES = 3


class ServerStatus(BaseModel):
    """What there is to know of the local server without asking it anything."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    running: bool
    uri: str | None = Field(description="Bolt address while it runs.")
    user: str
    password_file: Path
    version: str | None = Field(description="Version of the Neo4j that wrote the data; none before the first start.")
    browser: str | None = Field(description="Address of Neo4j Browser while it runs.")
    data: Path = Field(description="The data folder.")


class Pulse(NamedTuple):
    """The server that was recorded last and is not stopped on purpose, and whether its process is there."""

    state: ServerState | None
    is_alive: bool


class LocalServer:
    """The Neo4j that belongs to one data folder; every method may be called by several processes at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._layout = Layout(settings.data_dir.absolute())

    def up(self, *, progress: Progress = silent) -> ServerStatus:
        """Start the server where it does not run, wait until it answers, and leave it running."""
        try:
            self._layout.create()
            with hold_lock(self._layout.lock, seconds=_START_SECONDS + _STOP_SECONDS):
                state = find_server(self._layout, search=True)
                if state is None or not self._becomes_ready(state, progress):
                    self._start(progress)
        except OSError as error:
            raise LocalServerError(
                f"the data folder cannot be used: {error.strerror or error}",
                where=str(error.filename or self._layout.root),
            ) from error
        return self.status()

    ensure_running = up

    def down(self) -> bool:
        """End the server of this data folder and no other process; say whether there was one."""
        if not self._layout.root.is_dir():
            return False
        with hold_lock(self._layout.lock, seconds=_START_SECONDS + _STOP_SECONDS):
            self._layout.stopped.touch()
            return self._stop()

    def pulse(self) -> Pulse:
        """Look whether the server is there, without waiting for it."""
        state = read_state(self._layout)
        if state is None or self._layout.stopped.exists():
            return Pulse(None, is_alive=False)
        return Pulse(state, is_alive=find_server(self._layout) == state)

    def answer(self, state: ServerState) -> Answer:
        """Ask the server whether it answers; a server that hangs keeps one waiting."""
        return ask(state.pid, state.bolt_port, USER, self.password())

    def work_of(self, state: ServerState) -> float:
        """The seconds of processors that the server has taken so far."""
        try:
            times = psutil.Process(state.pid).cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return times.user + times.system

    def revive(self, lost: ServerState) -> bool:
        """Start the server anew that died or hangs; say whether that was to be done.

        It was not where it is stopped on purpose, or somebody else has started another one.
        """
        with hold_lock(self._layout.lock, seconds=_START_SECONDS + _STOP_SECONDS):
            state = find_server(self._layout, search=True)
            if self._layout.stopped.exists() or state not in {None, lost}:
                return False
            if state is not None:
                stop(state, seconds=_HUNG_SECONDS)
            self._start(silent)
        return True

    def status(self) -> ServerStatus:
        """Look whether the server runs, and where."""
        state = find_server(self._layout)
        return ServerStatus(
            running=state is not None,
            uri=f"bolt://127.0.0.1:{state.bolt_port}" if state else None,
            user=USER,
            password_file=self._layout.password_file,
            version=self._layout.read_version(),
            browser=f"http://127.0.0.1:{state.http_port}/browser/" if state else None,
            data=self._layout.root,
        )

    def logs(self, *, lines: int = 50) -> list[str]:
        """Return the last lines that the server wrote; its other logs are in the folder `logs`."""
        written = [
            line for log in (self._layout.server_log, self._layout.console_log) for line in read_lines(log, most=lines)
        ]
        return written[-lines:]

    def password(self) -> str:
        """Return the generated password."""
        return self._layout.read_password()

    def admin(
        self, arguments: Sequence[str], *, home: Path | None = None, tell: Callable[[str], None] = lambda _: None
    ) -> str:
        """Run `neo4j-admin` with these arguments, on this data folder or on `home`, and return what it printed.

        `tell` gets each line when it is printed.
        """
        distribution = find_distribution(self._settings)
        return self._run_admin(distribution, arguments, home=home or self._layout.root, tell=tell)

    @property
    def work(self) -> Path:
        """A folder in which a new store may be built beside the old one."""
        return self._layout.work

    @property
    def replacement(self) -> Replacement:
        """The replacement of the store by another one, where it is not over."""
        return Replacement(self._layout)

    def replace(self, store: Path, proof: dict[str, Any], *, progress: Progress = silent) -> tuple[float, float]:
        """Put another store, the `data` of an import, in the place of this one, and start it; return the seconds that
        stopping and starting took. The old store stays until the replacement is finished, and comes back where the new
        one does not start, in which case LocalServerError is raised.
        """
        with hold_lock(self._layout.lock, seconds=_START_SECONDS + _STOP_SECONDS):
            begun = time.monotonic()
            self._stop()
            self.replacement.begin(store, proof)
            stopped = time.monotonic()
            self._start(progress)
            if self.replacement.read() is None:
                raise LocalServerError("the new store does not start; the old one is back in its place")
        return stopped - begun, time.monotonic() - stopped

    def bring_back(self, *, progress: Progress = silent) -> None:
        """Put the old store back in its place, and start it."""
        with hold_lock(self._layout.lock, seconds=_START_SECONDS + _STOP_SECONDS):
            self._stop()
            self.replacement.turn_back()
            self._start(progress)

    def _stop(self) -> bool:
        state = find_server(self._layout, search=True)
        if state is not None:
            stop(state, seconds=_STOP_SECONDS)
        self._layout.state.unlink(missing_ok=True)
        return state is not None

    def _run_admin(
        self,
        distribution: Distribution,
        arguments: Sequence[str],
        *,
        home: Path,
        tell: Callable[[str], None] = lambda _: None,
    ) -> str:
        java, memory = find_java(self._settings), choose_memory(self._settings)
        return run_admin_tool(java, distribution, memory, home, arguments, file=home / "admin.args", tell=tell)

    def _becomes_ready(self, state: ServerState, progress: Progress) -> bool:
        try:
            self._wait_until_ready(state, progress)
        except ServerEnded as error:
            _log.info("The local server that was found ended (%s); it is started again.", error)
            return False
        return True

    def _start(self, progress: Progress) -> None:
        """Start the server on the store that is to be in place; where that is a new one that fails, on the old one."""
        self._layout.stopped.unlink(missing_ok=True)
        self.replacement.go_on()
        try:
            self._start_store(progress)
        except LocalServerError:
            if self.replacement.read() is None:
                raise
            _log.warning("The new store does not start, so the old one comes back.", exc_info=True)
            self._stop()
            self.replacement.turn_back()
            self.replacement.go_on()
            self._start_store(progress)

    def _start_store(self, progress: Progress) -> None:
        find_java(self._settings)
        distribution = find_distribution(self._settings, progress=progress)
        self._layout.check_version(distribution.version)
        self._layout.set_aside_half_written()
        cut_torn_log = False
        for left in range(_TRIES - 1, -1, -1):
            ports = _free_ports(self._settings)
            self._write_configuration(distribution, ports, cut_torn_log=cut_torn_log)
            self._prepare_store(distribution)
            try:
                self._wait_until_ready(self._launch(ports), progress)
            except (PortLost, TornLog) as error:
                if not left or (cut_torn_log and isinstance(error, TornLog)):
                    raise
                cut_torn_log = cut_torn_log or isinstance(error, TornLog)
                continue
            if cut_torn_log:
                self._tell_of_cut_log()
            return

    def _tell_of_cut_log(self) -> None:
        _log.warning(
            "The end of the transaction log could not be read, as when the disk was full in the middle of a write, and "
            "was cut. All before it is there; Neo4j keeps what was cut in %s. Repeat the last load.",
            self._layout.data / "databases",
        )

    def _write_configuration(self, distribution: Distribution, ports: Ports, *, cut_torn_log: bool) -> None:
        memory = choose_memory(self._settings)
        folder = self._layout.configuration
        (folder / "neo4j.conf").write_text(neo4j_conf(ports, memory, cut_torn_log=cut_torn_log), encoding="utf-8")
        arguments = java_arguments(distribution.class_path, memory)
        (folder / "java.args").write_text("\n".join(quote(word) for word in arguments), encoding="utf-8")

    def _prepare_store(self, distribution: Distribution) -> None:
        if not self._layout.is_new():
            self._layout.read_password()
            return
        self._layout.begin(distribution.version)
        password = self._layout.make_password()
        self._run_admin(distribution, ["dbms", "set-initial-password", password], home=self._layout.root)

    def _launch(self, ports: Ports) -> ServerState:
        command = [
            str(find_java(self._settings)),
            f"@{self._layout.configuration / 'java.args'}",
            ENTRY_POINT,
            home_argument(self._layout),
            f"--config-dir={self._layout.configuration}",
        ]
        pid = start_detached(command, folder=self._layout.root, log=self._layout.console_log)
        return record(self._layout, pid, ports)

    def _wait_until_ready(self, state: ServerState, progress: Progress) -> None:
        """Wait for the first answer, and note that the store is whole, whoever started the server.

        Raises ServerEnded where it ended, or cannot open its database, in which case it is ended.
        """
        password = self._layout.read_password()
        begun = time.monotonic()
        while (answer := ask(state.pid, state.bolt_port, USER, password)).version is None:
            waited = time.monotonic() - begun
            progress("starting Neo4j", round(waited), _START_SECONDS)
            if answer.has_failed:
                stop(state, seconds=_STOP_SECONDS)
                self._layout.state.unlink(missing_ok=True)
                raise explain_failure(self._layout)
            if not psutil.pid_exists(state.pid) or not is_alive(psutil.Process(state.pid)):
                self._layout.state.unlink(missing_ok=True)
                raise explain_end(self._layout)
            if waited > _START_SECONDS:
                raise LocalServerError(
                    f"the local server does not answer after {_START_SECONDS} seconds",
                    where=str(self._layout.server_log),
                    hint="`inquiry logs` shows what it does; `inquiry down` ends it",
                )
            time.sleep(_PAUSE)
        self._layout.finish(answer.version)


def _free_ports(settings: Settings) -> Ports:
    """Take the ports of the settings, or any free ones where they are in use."""
    bolt = settings.bolt_port if _is_free(settings.bolt_port) else _any_free_port()
    http = settings.http_port if _is_free(settings.http_port) and settings.http_port != bolt else _any_free_port()
    return Ports(bolt=bolt, http=http)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
