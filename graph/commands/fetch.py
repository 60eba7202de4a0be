"""`inquiry fetch`: the files of known sources into the cache, where `inquiry load` finds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.commands.context import AsJson, complain, errors, read_settings, screen
from graph.commands.output import print_json, print_rows
from graph.commands.progress import stoppable
from graph.errors import FetchError, InputError
from graph.loaders.catalogue import SourceCatalogue, SourceDescription
from graph.loaders.fetching import fetch_source, no_address
from graph.loaders.fetching.download import Progress

__all__ = ["fetch"]


def fetch(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]…", help="Known sources by name; `inquiry sources` lists them."),
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Fetch all sources that have an address.")] = False,
    newest: Annotated[
        bool, typer.Option("--newest", help="Fetch the newest version instead of the one that is described.")
    ] = False,
    largest: Annotated[
        int | None, typer.Option("--largest", metavar="MEGABYTES", min=1, help="The largest file that is taken.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Download the files of known sources, and of those that they need, into the cache."""
    if not what and not everything:
        raise InputError("no source is named", hint="name some, or --all; `inquiry sources` lists them")
    settings = read_settings()
    catalogue = SourceCatalogue()
    named = [catalogue[name].name for name in what or []]
    chosen = catalogue.with_needed([source.name for source in catalogue] if everything else named)
    root = settings.cache_dir / "sources"
    rows: list[dict[str, Any]] = []
    failed: list[FetchError] = []
    with stoppable(lambda: "Stopped. What has come is kept, and the same command takes it up where it stopped."):
        for description in chosen:
            try:
                rows += _fetch(description, root, named, newest=newest, largest=largest)
            except FetchError as error:
                failed.append(error)
    _show(rows, as_json=as_json)
    for problem in failed:
        complain(problem)
    if settings.data is not None:
        errors().print(
            f"INQUIRY_DATA is set, so that `inquiry load` reads {settings.data} unless told --data {root}",
            soft_wrap=True,
        )
    if failed:
        raise typer.Exit(1)


def _fetch(
    description: SourceDescription, root: Path, named: list[str], *, newest: bool, largest: int | None
) -> list[dict[str, Any]]:
    """The files of one source. One that was not named itself is left out where it has no address."""
    if description.name not in named and not description.addresses:
        complain(no_address(description))
        return []
    is_newest = newest and (description.name in named or description.newest is not None)
    with _bar(description.name) as progress:
        done = fetch_source(
            description, root, version="newest" if is_newest else "described", largest=largest, progress=progress
        )
    for file in done.by_hand:
        errors().print(
            f"{description.name}: {file} has no address; {description.by_hand}", soft_wrap=True, markup=False
        )
    return list(done.rows(root / description.folder))


def _show(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    shown = [{**row, "sha256": row["sha256"][:12], "size": f"{row['size']:,}"} for row in rows]
    names = ("source", "version", "file", "outcome", "size", "sha256")
    print_rows(screen(), shown, [(name, name) for name in names])
    if rows:
        errors().print(f"The files are below {Path(rows[0]['path']).parents[1]}", soft_wrap=True)


@contextmanager
def _bar(source: str) -> Iterator[Progress]:
    """Bytes, rate and time left of one file after the other, on a terminal."""
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    console = errors()
    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def show(file: str, done: int, total: int | None, /) -> None:
            if file not in tasks:
                tasks[file] = bar.add_task(f"{source}: {file}", total=total)
            bar.update(tasks[file], completed=done, total=total)

        yield show
