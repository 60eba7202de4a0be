"""What `inquiry load` does with large loads: it builds a new store, where that takes less time than batches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from graph.commands.context import errors
from graph.commands.load import Allowed
from graph.commands.progress import load_bar
from graph.commands.sources import SourceReport, report_source, source_requests
from graph.errors import LocalServerError
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.judgements import Judged
from graph.loaders.registry import check_presence
from graph.schema.loads import LoadRequest
from graph.settings import Settings
from graph.store.bulk import BulkLoad, Unsuited, can_be_bulk, is_worth_a_store
from graph.store.connection import Connection
from graph.store.statements import statement
from graph.store.writer import LoadReport

__all__ = ["load_alone", "load_together"]

T = TypeVar("T")
ROWS: Final = 20_000
"""Rows of sources that make some 100,000 claims, from which a new store takes less time than batches."""


def load_together(
    connection: Connection,
    settings: Settings,
    requests: list[LoadRequest],
    names: list[str],
    data: Path,
    *,
    judged: Judged,
    as_at: str | None,
    allowed: Allowed,
) -> tuple[list[LoadReport], list[SourceReport]] | None:
    """Loads these requests and sources into an empty graph in one bulk load; None where that does not fit or pay."""
    described = SourceCatalogue().with_needed(names)
    rows = sum(table.rows or 0 for source in described for table in source.tables.values())
    is_wanted = settings.bulk == "on" and bool(requests or names)
    if not can_be_bulk(settings) or not (rows >= ROWS or is_wanted):
        return None
    if not connection.read(statement("is_empty"))[0]["empty"]:
        return None
    for source in described:
        check_presence(source, data)

    def fill(bulk: BulkLoad) -> tuple[list[LoadReport], list[SourceReport]]:
        loads = []
        for request in requests:
            bulk.add(request)
        prepared = source_requests(
            connection,
            names,
            data,
            judged=judged,
            as_at=as_at,
            accept_shrinkage=allowed.accept_shrinkage,
            notes=bulk.notes,
        )
        for load, request in prepared:
            bulk.add(request)
            loads.append(load)
        reports = bulk.finish()
        of_sources = zip(loads, reports[len(requests) :], strict=True)
        return reports[: len(requests)], [report_source(settings, load, report) for load, report in of_sources]

    return _in_bulk(connection, settings, "everything", fill, keep_facts=True)


def load_alone(connection: Connection, settings: Settings, request: LoadRequest) -> LoadReport | None:
    """Loads one request in bulk; None where that does not fit or pay."""
    if not is_worth_a_store(connection, settings, request):
        return None

    def fill(bulk: BulkLoad) -> LoadReport:
        bulk.add(request)
        return bulk.finish()[0]

    return _in_bulk(connection, settings, request.source, fill)


def _in_bulk(
    connection: Connection, settings: Settings, what: str, fill: Callable[[BulkLoad], T], *, keep_facts: bool = False
) -> T | None:
    errors().print(
        "This is a large load: a new store is built beside the old one, and takes its place when all is in it.",
        style="dim",
        soft_wrap=True,
    )
    try:
        with load_bar(what) as bar, BulkLoad(connection, settings, stage=bar.stage, keep_facts=keep_facts) as bulk:
            result = fill(bulk)
    except (Unsuited, LocalServerError, OSError) as error:
        _tell(error)
        return None
    taken = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in bulk.seconds.items() if seconds >= 0.05)
    errors().print(f"The new store is in place: {taken}.", style="dim", soft_wrap=True)
    return result


def _tell(error: Exception) -> None:
    errors().print(f"No new store is built, the load goes on in batches: {error}", soft_wrap=True, markup=False)
