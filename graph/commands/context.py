"""What every command needs: settings, consoles, a connection, and how results are wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Final

import typer
from pydantic import ValidationError
from rich.console import Console

from graph.errors import AmbiguousName, InputError, InquiryError, LoadRefused
from graph.queries import Catalogue
from graph.settings import Settings
from graph.store.connection import Connection, connect
from graph.store.local import LocalServer, terminal_progress

__all__ = [
    "AsCsv",
    "AsJson",
    "Format",
    "chosen_format",
    "complain",
    "connected",
    "errors",
    "read_catalogue",
    "read_settings",
    "screen",
]

_WIDTH: Final = 100
"""Of tables in a pipe or a file."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def screen() -> Console:
    """Results go here; a table is as wide as the terminal, and elsewhere as COLUMNS says, or 100."""
    columns = os.environ.get("COLUMNS", "")
    given = int(columns) if columns.isascii() and columns.isdigit() and int(columns) else _WIDTH
    return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else given)


def errors() -> Console:
    """Talk goes here."""
    return Console(stderr=True, highlight=False)


def chosen_format(*, as_json: bool, as_csv: bool = False) -> Format:
    """The format that was asked for; InputError where two were."""
    if as_json and as_csv:
        raise InputError("--json and --csv are both given", hint="choose one")
    return Format.JSON if as_json else Format.CSV if as_csv else Format.TABLE


def read_settings() -> Settings:
    """Settings from the environment; InputError names the variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = f"INQUIRY_{str(first['loc'][0]).upper()}"
        raise InputError(f"{first['msg']}: {first['input']!r}", where=variable, hint="correct or unset it") from error


def read_catalogue(settings: Settings, *, asked: str | None = None) -> Catalogue:
    """The named queries; what is wrong with files of the user's is told, unless asking for `asked` will tell it."""
    catalogue = Catalogue(settings.queries)
    usable = {query.name for query in catalogue}
    for name, problem in catalogue.problems.items():
        if name != asked or name in usable:
            complain(problem)
    return catalogue


def complain(error: InquiryError) -> None:
    """What went wrong in one line, what would be lost or the candidates for an ambiguous name, and the hint."""
    console = errors()
    console.print(str(error), style="red", markup=False, soft_wrap=True)
    if isinstance(error, LoadRefused):
        for line in error.details:
            console.print(f"    {line}", markup=False, soft_wrap=True)
    if isinstance(error, AmbiguousName):
        for identifier, name, reason in error.candidates:
            console.print(f"    {identifier}  {name} ({reason})", markup=False, soft_wrap=True)
    if error.hint:
        console.print(f"    {error.hint}", markup=False, soft_wrap=True)


@contextmanager
def connected(settings: Settings) -> Iterator[Connection]:
    """A connection; the local server is started where it is needed and left running."""
    with terminal_progress() as progress:
        if settings.neo4j_uri is None and not LocalServer(settings).status().running:
            errors().print("Starting Neo4j; it stays running until `inquiry down`.", style="dim")
        connection = connect(settings, progress=progress)
    with connection:
        yield connection
