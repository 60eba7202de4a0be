"""The command `inquiry`: what it is made of, and how errors end."""

from __future__ import annotations

import logging
import os
import sys
from importlib.metadata import entry_points
from importlib.metadata import version as installed_version
from typing import Annotated

import typer

from graph.commands import ask, check, demo, fetch, load, loads, own, review, server, sources, stats
from graph.commands.context import complain
from graph.errors import FactFileError, InputError, InquiryError

__all__ = ["app", "main"]

app = typer.Typer(
    name="inquiry",
    help="A knowledge graph of UK inquiries and recommendations, with a citation for every claim.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

_SERVER, _GRAPH, _ANSWERS = "Server", "Graph", "Answers"
for command, panel in (
    (server.up, _SERVER),
    (server.down, _SERVER),
    (server.status, _SERVER),
    (server.logs, _SERVER),
    (server.browser, _SERVER),
    (load.load, _GRAPH),
    (sources.sources, _GRAPH),
    (fetch.fetch, _GRAPH),
    (review.review, _GRAPH),
    (own.template, _GRAPH),
    (stats.stats, _GRAPH),
    (demo.demo, _GRAPH),
    (check.check, _GRAPH),
    (check.schema, _GRAPH),
    (load.backup, _GRAPH),
    (load.restore, _GRAPH),
    (ask.cypher, _ANSWERS),
    (ask.show, _ANSWERS),
    (ask.search, _ANSWERS),
):
    app.command(rich_help_panel=panel)(command)
app.add_typer(loads.loads, name="loads", rich_help_panel=_GRAPH)
app.command(
    rich_help_panel=_ANSWERS,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)(ask.ask)


for command_of_others in entry_points(group="inquiry.commands"):
    try:
        loaded = command_of_others.load()
        if isinstance(loaded, typer.Typer):
            app.add_typer(loaded, name=command_of_others.name, rich_help_panel=_SERVER)
        else:
            app.command(name=command_of_others.name, rich_help_panel=_SERVER)(loaded)
    except ImportError:
        logging.getLogger(__name__).warning("`inquiry %s` cannot be loaded", command_of_others.name, exc_info=True)


def _show_version(value: bool) -> None:  # the shape of a callback
    if value:
        typer.echo(f"inquiry-graph {installed_version('inquiry-graph')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[  # handled by its callback
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command; one line and a hint for what went wrong, exit 2 for what was typed, 1 for what was found."""
    # What the driver logs of a lost connection is said by our own error.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    try:
        app()
    except FactFileError as error:
        for problem in error.problems:
            complain(problem)
        sys.exit(1)
    except InquiryError as error:
        complain(error)
        sys.exit(2 if isinstance(error, InputError) else 1)
    except BrokenPipeError:
        # The reader of our output has seen enough: a normal end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
