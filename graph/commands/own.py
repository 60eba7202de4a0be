"""`inquiry template`, and what `inquiry load` does with CSV files of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from graph.commands.context import AsJson, screen
from graph.commands.load import seed_requests
from graph.commands.output import print_json, print_rows
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.identity import identified_by, identified_in_graph
from graph.loaders.judgements import NO_JUDGEMENTS, Judged
from graph.loaders.own import describe, read_mapping
from graph.loaders.own.headers import HEADERS, header_of
from graph.loaders.own.headers import template as template_of
from graph.loaders.registry import SourceLoad, prepare_load
from graph.schema.loads import LoadRequest
from graph.store.connection import Connection

__all__ = ["is_table", "own_requests", "template"]


def template(
    kind: Annotated[str | None, typer.Argument(metavar="[people-in-posts|recommendations]")] = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Say what each column holds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the header of a table of your own; without a kind, say which there are and what their columns hold."""
    rows = [
        {"table": name, "column": column.name, "needed": "yes" if column.needed else "", "holds": column.meaning}
        for name in ([kind] if kind is not None else HEADERS)
        for column in header_of(name).columns
    ]
    if as_json:
        print_json(rows)
    elif kind is not None and not explain:
        sys.stdout.write(template_of(kind))
    else:
        print_rows(screen(), rows, [(name, name) for name in ("table", "column", "needed", "holds")])


def is_table(name: str) -> bool:
    """Whether somebody means a table of their own."""
    return name.lower().endswith((".csv", ".tsv", ".txt"))


def own_requests(
    connection: Connection,
    files: list[str],
    mapping: Path | None,
    judged: Judged = NO_JUDGEMENTS,
    *,
    accept_shrinkage: bool = False,
) -> Iterator[tuple[SourceLoad, LoadRequest]]:
    """The loads of tables of one's own; their identifiers join what seeds and known sources have in the graph."""
    if not files:
        return
    explained = read_mapping(mapping) if mapping is not None else None
    known = [source.name for source in SourceCatalogue()]
    seeds = identified_by(claim for request in seed_requests() for claim in request.claims)
    for file in files:
        path = Path(file)
        description = describe(path, explained)
        found = identified_in_graph(connection, judged.schemes_with(description.schemes), known)
        load = prepare_load(
            description, path.parent, [*seeds, *found], judged=judged, accept_shrinkage=accept_shrinkage
        )
        yield load, load.request()
