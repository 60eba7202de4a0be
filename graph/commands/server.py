"""`inquiry up`, `down`, `status`, `logs`, `browser`: the local server."""

from __future__ import annotations

import unicodedata
import webbrowser
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from graph.commands.context import AsJson, connected, errors, read_settings, screen
from graph.commands.output import print_json
from graph.errors import InputError, InquiryError
from graph.queries.statements import statement
from graph.settings import Settings
from graph.store.connection import connect
from graph.store.local import LocalServer, terminal_progress
from graph.store.restore import is_restore_unfinished

__all__ = ["browser", "down", "logs", "status", "up"]


def up(*, as_json: AsJson = False) -> None:
    """Start the local Neo4j, fetching it on first use, and leave it running."""
    settings = _local()
    with terminal_progress() as progress:
        state = LocalServer(settings).up(progress=progress)
    if as_json:
        print_json(state.model_dump(mode="json"))
    else:
        screen().print(f"Neo4j {state.version} runs at {state.uri}; Neo4j Browser is at {state.browser}")


def down() -> None:
    """Stop the local Neo4j."""
    stopped = LocalServer(_local()).down()
    errors().print("Neo4j is stopped." if stopped else "Neo4j was not running.")


def status(*, as_json: AsJson = False) -> None:
    """Say whether Neo4j runs, where, and what is loaded."""
    settings = read_settings()
    state = _status(settings)
    if as_json:
        print_json(state)
        return
    console = screen()
    if not state["running"]:
        console.print("Neo4j is not running; `inquiry up` starts it.")
    for name, value in state.items():
        if name not in {"running", "loaded", "restoring"} and value is not None:
            console.print(f"{name.replace('_', ' '):<14} {value}", soft_wrap=True)
    loaded = state["loaded"]
    if state["restoring"]:
        console.print("A restore broke off: the graph is not whole until `inquiry restore` is run again.")
    if loaded is not None:
        console.print(
            f"{'loaded':<14} {loaded['claims']:,} claims, {loaded['entities']:,} entities, "
            f"{loaded['documents']:,} documents from {len(loaded['sources'])} sources"
        )


def logs(*, lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many lines.")] = 50) -> None:
    """Print the end of the local server's log, and of what it wrote to its console."""
    for line in _readable(LocalServer(_local()).logs(lines=lines)):
        print(line)


def _readable(lines: Iterable[str]) -> list[str]:
    """The lines without control characters; those with nothing else are left out."""
    cleaned = ("".join(c for c in line if c == "\t" or unicodedata.category(c) != "Cc").rstrip() for line in lines)
    return [line for line in cleaned if line]


def browser(
    *, open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open it in your web browser.")] = True
) -> None:
    """Open Neo4j Browser, the owner's door to the graph."""
    settings = _local()
    with connected(settings):
        server = LocalServer(settings)
        state = server.status()
    console = screen()
    console.print(f"{state.browser}", soft_wrap=True)
    errors().print(f"Connect to {state.uri} as {state.user}; the password is in {state.password_file}", soft_wrap=True)
    if open_it and state.browser is not None:
        webbrowser.open(state.browser)


def _local() -> Settings:
    settings = read_settings()
    if settings.neo4j_uri is not None:
        raise InputError(
            "this command is for the local server, and INQUIRY_NEO4J_URI names another one",
            where=settings.neo4j_uri,
            hint="unset INQUIRY_NEO4J_URI, or start and stop that server where it runs",
        )
    return settings


def _status(settings: Settings) -> dict[str, Any]:
    if settings.neo4j_uri is None:
        state = LocalServer(settings).status().model_dump(mode="json")
    else:
        state = {
            "running": False,
            "uri": settings.neo4j_uri,
            "user": settings.neo4j_user,
            "password_file": None,
            "version": None,
            "browser": None,
            "data": None,
        }
    state["loaded"] = None
    state["restoring"] = False
    try:
        with connect(settings, start=False) as connection:
            state["running"] = True
            loaded = connection.read(statement("loaded"), {"ids": []})[0]
            state["version"] = connection.driver.get_server_info().agent.partition("/")[2]
            state["loaded"] = {name: value for name, value in loaded.items() if name not in {"has_unchecked", "there"}}
            state["restoring"] = is_restore_unfinished(connection)
    except InquiryError as error:
        if state["running"] or settings.neo4j_uri is not None:
            errors().print(f"{error}", style="red", markup=False)
    return state
