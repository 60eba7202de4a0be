"""`inquiry view` and `inquiry story`: a part of the graph, or a story, as one file that works without a network."""

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
from graph.queries.subgraph import USUAL

__all__ = ["story", "view"]

_STDIN: Final = "-"
_STDOUT: Final = "-"
Preset = Annotated[
    str | None,
    typer.Option(
        "--preset",
        help="From where it is looked at: responses, in-charge, reversals, succession, disputes or document.",
    ),
]


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
    preset: Preset = None,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    recorded_at: RecordedAt = None,
    include_unchecked: Unchecked = False,
) -> None:
    """Save a view as one HTML file, with all its evidence, that works from a disk without a network."""
    if entity is not None and parameter:
        raise InputError("parameters go with --query and --cypher", hint="leave --parameter out")
    # Not above: every command imports this module, and drawing takes long to import.
    from viz.asked import Asked, show

    settings = read_settings()
    parameters = read_pairs(parameter or [])
    asked = Asked(
        entity=entity,
        query=query,
        cypher=sys.stdin.read() if cypher == _STDIN else cypher,
        parameters=parameters,
        preset=preset,
        limit=limit,
        include_unchecked=include_unchecked,
        times=Times.read(valid_at, known_at, recorded_at),
    )
    asked.check()
    with connected(settings) as connection:
        catalogue = read_catalogue(settings, asked=query)
        if query is not None:
            check_names(catalogue[query], parameters)
        made = show(connection, catalogue, asked, timeout=settings.query_timeout)
    _write(made.page(title), output)
    shown, lines = len(made.subgraph.entities), len(made.subgraph.relationships)
    told = f"{shown:,} entities and {lines:,} relationships" + (f" are in {output}" if output != _STDOUT else "")
    errors().print(told, soft_wrap=True, markup=False)
    if made.subgraph.truncated:
        errors().print(
            f"{made.subgraph.total:,} entities were candidates; the nearest are shown. --limit takes more.",
            soft_wrap=True,
        )


def story(
    file: Annotated[str, typer.Argument(help="A file of a story, or the name of one that comes with the package.")],
    *,
    output: Annotated[
        str, typer.Option("--output", "-o", help="The file to write; - is standard output.")
    ] = "story.html",
    known_at: KnownAt = None,
    recorded_at: RecordedAt = None,
) -> None:
    """Save a story, with all its evidence, as one HTML file that plays without a network."""
    # Not above, as in `view`.
    from viz.stories import read_story, seed_stories
    from viz.telling import tell

    told = read_story(seed_stories().get(file, Path(file)))
    settings = read_settings()
    with connected(settings) as connection:
        network = tell(
            connection,
            read_catalogue(settings),
            told,
            timeout=settings.query_timeout,
            times=Times.read(None, known_at, recorded_at),
        )
    _write(network.generate_html(), output)
    where = f" are in {output}" if output != _STDOUT else ""
    errors().print(f"{len(told.steps)} steps with {len(network.nodes):,} entities{where}", soft_wrap=True, markup=False)


def _write(page: str, output: str) -> None:
    if output == _STDOUT:
        sys.stdout.write(page)
        return
    try:
        Path(output).write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"the file cannot be written: {error.strerror}", where=output) from error
