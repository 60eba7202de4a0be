"""`inquiry view`: a part of the graph as one file that works without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from graph.commands.ask import KnownAt, RecordedAt, Unchecked, ValidAt
from graph.commands.context import connected, errors, read_catalogue, read_settings
from graph.commands.parameters import check_names, read_pairs
from graph.errors import InputError
from graph.queries import Times
from graph.queries.subgraph import USUAL, check_limit

__all__ = ["view"]

_STDOUT: Final = "-"


def view(
    entity: Annotated[str | None, typer.Argument(help="An id or a name: what lies around it is shown.")] = None,
    *,
    query: Annotated[str | None, typer.Option("--query", help="The rows of a named query instead.")] = None,
    cypher: Annotated[
        str | None, typer.Option("--cypher", help="The rows of Cypher that reads instead; - is standard input.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="A parameter, as name=value; may be repeated.")
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", help="The file to write; - is standard output.")
    ] = "view.html",
    title: Annotated[str | None, typer.Option("--title", help="What stands above it.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="How many entities at the most (1 to 1500).")] = USUAL,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    recorded_at: RecordedAt = None,
    include_unchecked: Unchecked = False,
) -> None:
    """Save a view as one HTML file, with all its evidence, that works from a disk without a network."""
    if [entity, query, cypher].count(None) != 2:
        raise InputError("one of these is shown: an entity, --query or --cypher", hint="give one of them")
    if entity is not None and parameter:
        raise InputError("parameters go with --query and --cypher", hint="leave --parameter out")
    check_limit(limit)
    times = Times.read(valid_at, known_at, recorded_at)
    # Not above: every command imports this module, and drawing takes long to import.
    from viz.views import Scope, of_cypher, of_entity, of_query

    settings = read_settings()
    scope = Scope(times, limit, include_unchecked, settings.query_timeout)
    parameters = read_pairs(parameter or [])
    with connected(settings) as connection:
        if query is not None:
            definition = read_catalogue(settings, asked=query)[query]
            check_names(definition, parameters)
            made = of_query(connection, definition, parameters, scope)
        elif cypher is not None:
            made = of_cypher(connection, sys.stdin.read() if cypher == "-" else cypher, parameters, scope)
        else:
            made = of_entity(connection, entity or "", scope)
    _write(made.page(title), output)
    shown, lines = len(made.subgraph.entities), len(made.subgraph.relationships)
    told = f"{shown:,} entities and {lines:,} relationships" + (f" are in {output}" if output != _STDOUT else "")
    errors().print(told, soft_wrap=True, markup=False)
    if made.subgraph.truncated:
        errors().print(
            f"{made.subgraph.total:,} entities were candidates; the nearest are shown. --limit takes more.",
            soft_wrap=True,
        )


def _write(page: str, output: str) -> None:
    if output == _STDOUT:
        sys.stdout.write(page)
        return
    try:
        Path(output).write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"the file cannot be written: {error.strerror}", where=output) from error
