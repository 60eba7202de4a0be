"""The server as a process: started detached, recorded in a state file, found again, and ended."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import LocalServerError
from graph.store.local.configuration import ENTRY_POINT, Ports
from graph.store.local.layout import Layout

__all__ = ["ServerState", "find_server", "home_argument", "is_alive", "read_state", "record", "start_detached", "stop"]

_log = logging.getLogger(__name__)

# A process between us and the server: it ends at once, so the server belongs to nobody and outlives the command.
_LAUNCHER = """
import os, subprocess, sys
flags = 0x00000008 | 0x00000200 if os.name == "nt" else 0
with open(sys.argv[1], "wb") as log:
    child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                             start_new_session=True, creationflags=flags)
print(child.pid, flush=True)
os._exit(0)
"""
_PAUSE = 0.05


class ServerState(BaseModel):
    """What is recorded of a running server; `created` is the process's start in seconds since 1970."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    created: float
    bolt_port: int
    http_port: int


def home_argument(layout: Layout) -> str:
    """Return the argument that tells one local server from another in a list of processes."""
    return f"--home-dir={layout.root}"


def start_detached(command: Sequence[str], *, folder: Path, log: Path) -> int:
    """Start a process that outlives this one, its output in `log`; return its pid."""
    launch = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(log), *command]
    done = subprocess.run(launch, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0 or not done.stdout.strip().isdigit():
        reason = done.stderr.strip().splitlines()
        raise LocalServerError(
            f"the server's process could not be started: {reason[-1] if reason else 'no reason given'}"
        )
    return int(done.stdout)


def record(layout: Layout, pid: int, ports: Ports) -> ServerState:
    """Write the state file for a process that has just been started."""
    try:
        created = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        created = time.time()
    state = ServerState(pid=pid, created=created, bolt_port=ports.bolt, http_port=ports.http)
    aside = layout.state.with_suffix(".new")
    aside.write_text(state.model_dump_json(), encoding="utf-8")
    aside.replace(layout.state)
    return state


def find_server(layout: Layout, *, search: bool = False) -> ServerState | None:
    """Return the running server of this data folder, or None.

    The recorded process counts only if it started when it was recorded and runs our server on this folder: a number
    that the system gave to another process is not ours. With `search`, a server that was started by a command which
    died before it could record it is found among all processes.
    """
    state = read_state(layout)
    if state is not None and _is_recorded(state, layout):
        return state
    return _search(layout) if search else None


def read_state(layout: Layout) -> ServerState | None:
    """What was recorded last, whether that server still runs or not."""
    try:
        return ServerState.model_validate_json(layout.state.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValidationError):
        return None


def _is_recorded(state: ServerState, layout: Layout) -> bool:
    try:
        process = psutil.Process(state.pid)
        same_start = abs(process.create_time() - state.created) < 2  # the clock may have been set meanwhile
        return same_start and is_alive(process) and _runs_on(process, layout)
    except psutil.Error:
        return False


def _runs_on(process: psutil.Process, layout: Layout) -> bool:
    command = process.cmdline()
    return ENTRY_POINT in command and home_argument(layout) in command


def _search(layout: Layout) -> ServerState | None:
    for process in psutil.process_iter():
        try:
            if not (is_alive(process) and _runs_on(process, layout)):
                continue
        except psutil.Error:
            continue
        ports = _read_ports(layout.configuration / "neo4j.conf")
        if ports is not None:
            _log.warning("Found a local server that was not recorded, process %d.", process.pid)
            return record(layout, process.pid, ports)
    return None


def _read_ports(configuration: Path) -> Ports | None:
    try:
        lines = configuration.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    values = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    try:
        bolt, http = (int(values[f"server.{name}.listen_address"].rpartition(":")[2]) for name in ("bolt", "http"))
    except (KeyError, ValueError):
        return None
    return Ports(bolt=bolt, http=http)


def is_alive(process: psutil.Process) -> bool:
    """Say whether a process runs; one that has ended and waits for its parent to notice does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def stop(state: ServerState, *, seconds: float) -> None:
    """Ask the server to end, and end it when it has not after `seconds`; Neo4j recovers from that at its next start."""
    try:
        process = psutil.Process(state.pid)
        process.terminate()
    except psutil.NoSuchProcess:
        return
    if not _ended_within(process, seconds):
        _log.warning("The local server did not end within %.0f seconds and was killed.", seconds)
        process.kill()
        if not _ended_within(process, 10):
            raise LocalServerError(f"the local server, process {state.pid}, does not end")


def _ended_within(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
