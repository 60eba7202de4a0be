"""`inquiry sources`, and what `inquiry load` does with the names of known sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict

from graph.commands.context import AsJson, connected, read_settings, screen
from graph.commands.load import Allowed, seed_requests, write_request
from graph.commands.output import print_json, print_rows
from graph.commands.summary import Reason, reasons_of
from graph.loaders.catalogue import SourceCatalogue, SourceDescription
from graph.loaders.directory import Said, body_facts, body_facts_in_graph
from graph.loaders.fetching import check_dated, presence
from graph.loaders.identity import Identified, identified_by, identified_in_graph
from graph.loaders.judgements import Judged, read_judgements
from graph.loaders.registry import FIND_BODIES, SourceLoad, check_presence, prepare_load
from graph.loaders.staged import body_facts_in_notes, identified_in_notes
from graph.schema import Claim
from graph.schema.dates import days_of
from graph.schema.loads import LoadRequest
from graph.settings import Settings
from graph.store.bulk import Notes
from graph.store.connection import Connection
from graph.store.statements import statement
from graph.store.writer import LoadReport

__all__ = [
    "SourceReport",
    "data_folder",
    "load_sources",
    "report_source",
    "show_source_reports",
    "source_requests",
    "sources",
    "write_sources",
]


class SourceReport(BaseModel):
    """What the load of a source did, and which of its rows it did not take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    load: LoadReport
    rows: int
    refused: int
    remarks: int
    reasons: list[Reason]
    """Why rows were refused, with how many and the first places."""
    problems_file: str | None

    @property
    def flat(self) -> dict[str, Any]:
        """All that is reported, side by side."""
        return {**self.load.model_dump(), **self.model_dump(exclude={"load"})}


def sources(
    *,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="FOLDER", help="Where the files of the sources are.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the known sources: licence, age of the data, whether the files are there, last load, rows and claims."""
    settings = read_settings()
    with connected(settings) as connection:
        loads = connection.read(statement("list_loads"))
    folder = data_folder(settings, data)
    rows = [_source_row(description, loads, folder) for description in SourceCatalogue()]
    if as_json:
        print_json(rows)
        return
    columns = [
        (name, name.replace("_", " "))
        for name in ("source", "licence", "as_at", "age", "files", "last_load", "rows", "claims")
    ]
    print_rows(screen(), rows, columns)


def data_folder(settings: Settings, given: Path | None) -> Path:
    """Where the files of sources are: as given, as INQUIRY_DATA says, or in the cache."""
    return given or settings.data or settings.cache_dir / "sources"


def source_requests(
    connection: Connection,
    names: list[str],
    data: Path,
    *,
    judged: Judged,
    as_at: str | None = None,
    accept_shrinkage: bool = False,
    notes: Notes | None = None,
) -> Iterator[tuple[SourceLoad, LoadRequest]]:
    """The loads of these sources and of those that they need; each is made when what it joins is there.

    In a bulk load what it joins is not in the graph yet, but in its `notes`.

    `as_at` is the day of a newer version; it holds for the sources that are named, not for those that they need.
    """
    catalogue = SourceCatalogue()
    if not names:
        return
    curated = [claim for request in seed_requests(judged=judged) for claim in request.claims]
    seeds = identified_by(curated)
    for description in catalogue.with_needed(names):
        before = [source.name for source in catalogue.with_needed(list(description.needs))]
        load = prepare_load(
            description,
            data,
            [*seeds, *_identified(connection, judged.schemes_with(description.schemes), before, notes)],
            bodies=_bodies(connection, description, curated, before, notes),
            judged=judged,
            as_at=as_at if description.name in names else None,
            accept_shrinkage=accept_shrinkage,
        )
        check_dated(description, data, load.files, as_at=as_at if description.name in names else None)
        yield load, load.request()


def _identified(
    connection: Connection, schemes: Iterable[str], before: list[str], notes: Notes | None
) -> list[Identified]:
    if notes is not None:
        return identified_in_notes(notes, schemes, before)
    return identified_in_graph(connection, schemes, before)


def _bodies(
    connection: Connection,
    description: SourceDescription,
    curated: list[Claim],
    before: list[str],
    notes: Notes | None,
) -> list[Said]:
    if description.loader not in FIND_BODIES:
        return []
    if notes is not None:
        return [*body_facts(curated), *body_facts_in_notes(notes, before)]
    return [*body_facts(curated), *body_facts_in_graph(connection, before)]


def load_sources(
    connection: Connection,
    settings: Settings,
    names: list[str],
    data: Path,
    *,
    judged: Judged | None = None,
    as_at: str | None = None,
    allowed: Allowed = Allowed(),  # noqa: B008  # frozen
    where: list[str] | None = None,
) -> list[SourceReport]:
    """Loads sources one after the other, after a look whether the files of all of them are there.

    Without `judged`, the judgements are read that ship and that are the user's own.
    """
    for description in SourceCatalogue().with_needed(names):
        check_presence(description, data)
    prepared = source_requests(
        connection,
        names,
        data,
        judged=judged if judged is not None else read_judgements(settings.judgements_folder),
        as_at=as_at,
        accept_shrinkage=allowed.accept_shrinkage,
    )
    return write_sources(connection, settings, prepared, allowed, where=where)


def write_sources(
    connection: Connection,
    settings: Settings,
    prepared: Iterable[tuple[SourceLoad, LoadRequest]],
    allowed: Allowed,
    *,
    where: list[str] | None = None,
) -> list[SourceReport]:
    """Writes loads that are ready, one after the other."""
    reports = []
    for load, request in prepared:
        report = write_request(
            connection, settings, request, allowed, reading=load.reading, rows=load.rows, where=where
        )
        reports.append(report_source(settings, load, report))
    return reports


def report_source(settings: Settings, load: SourceLoad, report: LoadReport) -> SourceReport:
    """What a load did; rows that were not taken as they stand are listed in a file."""
    path = None
    if len(load.problems):
        path = settings.data_dir / "problems" / f"{load.description.name}.csv"
        load.problems.write(path)
    return SourceReport(
        load=report,
        rows=load.rows,
        refused=len(load.problems.refused),
        remarks=len(load.problems.remarks),
        reasons=reasons_of(load.problems),
        problems_file=str(path) if path is not None else None,
    )


def show_source_reports(reports: list[SourceReport]) -> None:
    """Prints what each load did, and how many rows it did not take as they stand."""
    names = (
        "source",
        "outcome",
        "rows",
        "refused",
        "remarks",
        "new",
        "unchanged",
        "moved",
        "returned",
        "cited_again",
        "closed",
    )
    rows = []
    for report in reports:
        rows.append({name: report.flat[name] or None for name in names})
    print_rows(screen(), rows, [(name, name.replace("_", " ")) for name in names])


def _source_row(description: SourceDescription, loads: list[dict[str, Any]], data: Path) -> dict[str, Any]:
    mine = [load for load in loads if load["source"] == description.name]
    finished = next((load for load in mine if load["status"] == "finished"), None)
    return {
        "source": description.name,
        "title": description.title,
        "publisher": description.publisher.name,
        "licence": description.licence,
        "licence_url": description.licence_url,
        "attribution": description.attribution,
        "as_at": description.as_at,
        "age": _age(description.as_at, datetime.now(UTC).date()),
        "files": presence(description, data),
        "last_load": finished["finished_at"][:10] if finished is not None else None,
        "rows": sum(table.rows or 0 for table in description.tables.values()),
        "claims": sum(load["live"] for load in mine) or None,
        "needs": list(description.needs),
    }


def _age(as_at: str, today: date) -> str:
    """How old the data is, in the largest unit that says something."""
    days = (today - days_of(as_at)[1]).days
    if days < 60:
        return f"{max(days, 0)} days"
    return f"{days // 30} months" if days < 730 else f"{days // 365} years"
