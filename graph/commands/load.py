"""`inquiry load`, `backup`, `restore`: claims into the graph and out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from graph.commands.context import AsJson, connected, errors, read_settings, screen
from graph.commands.output import print_json, print_rows
from graph.commands.progress import counter, load_bar, stoppable
from graph.commands.summary import print_summary, summary_of
from graph.errors import InputError
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.facts import FactFile, load_request, read_fact_files
from graph.loaders.identity import Identified, identified_by, identified_in_graph
from graph.loaders.judgements import NO_JUDGEMENTS, Judged, read_judgements, settled
from graph.loaders.known import known_in_graph
from graph.loaders.reading import Reading
from graph.loaders.seeds import needed_seeds, read_seeds
from graph.schema.loads import LoadRequest
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.preview import preview_load
from graph.store.statements import statement
from graph.store.writer import LoadReport, write_load

__all__ = ["Allowed", "backup", "load", "restore", "seed_requests", "write_request", "write_requests"]

What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE|SEED|FILE]…",
        help="Known sources or seeds by name, fact files or tables (CSV); all seeds without.",
    ),
]


def load(
    what: What = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Go through inputs that were loaded already.")] = False,
    accept_shrinkage: Annotated[
        bool, typer.Option("--accept-shrinkage", help="Load also where more than a tenth of a source would vanish.")
    ] = False,
    step_back: Annotated[
        bool, typer.Option("--step-back", help="Load also a version that is older than the one loaded before.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Load the seeds and all known sources.")] = False,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="FOLDER", help="Where the files of the sources are.")
    ] = None,
    as_at: Annotated[
        str | None, typer.Option("--as-at", metavar="DAY", help="The day of the data, where it is a newer version.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help="What the columns of a CSV of your own are.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Load the curated seeds, known sources, or fact files and tables of your own."""
    from graph.commands import own, review, sources
    from graph.commands.bulk import load_together

    settings = read_settings()
    known = [source.name for source in SourceCatalogue()]
    names = known if everything else [name for name in what or [] if name in known]
    tables = [name for name in what or [] if own.is_table(name)]
    rest = [name for name in what or [] if name not in {*known, *tables}]
    judged = read_judgements(settings.judgements_folder)
    where: list[str] = []
    with stoppable(lambda: _stopped(where)), connected(settings) as connection:
        requests = list(_requests(connection, rest, judged, all_seeds=bool(names), none=bool(tables)))
        folder = sources.data_folder(settings, data)
        if dry_run:
            prepared = sources.source_requests(
                connection, names, folder, judged=judged, as_at=as_at, accept_shrinkage=accept_shrinkage
            )
            requests += [request for _, request in prepared]
            requests += [request for _, request in own.own_requests(connection, tables, mapping, judged)]
            _show_previews(connection, requests, as_json=as_json)
            return
        before = connection.read(statement("count_loaded"))[0]
        allowed = Allowed(again=again, accept_shrinkage=accept_shrinkage, step_back=step_back)
        together = load_together(
            connection, settings, requests, names, folder, judged=judged, as_at=as_at, allowed=allowed
        )
        if together is not None:
            reports, source_reports = together
        else:
            reports = [write_request(connection, settings, request, allowed, where=where) for request in requests]
            source_reports = sources.load_sources(
                connection, settings, names, folder, judged=judged, as_at=as_at, allowed=allowed, where=where
            )
        own_loads = own.own_requests(connection, tables, mapping, judged, accept_shrinkage=accept_shrinkage)
        source_reports += sources.write_sources(connection, settings, own_loads, allowed, where=where)
        loaded = connection.read(statement("count_loaded"))[0]
        outcomes = [*(report.outcome for report in reports), *(report.load.outcome for report in source_reports)]
        if all(outcome == "unchanged" for outcome in outcomes):
            proposed = review.proposed_before(settings)
        else:
            proposed = len(review.propose(connection, settings, judged))
    summary = summary_of([*reports, *(report.load for report in source_reports)], loaded, before)
    summary["proposed"] = proposed
    if as_json:
        rows = [report.model_dump() for report in reports] + [report.flat for report in source_reports]
        print_json({"loads": rows, "loaded": loaded, "summary": summary})
        return
    _show_reports(reports)
    if source_reports:
        sources.show_source_reports(source_reports)
    print_summary(summary, loaded, [(r.load.source, r.reasons, r.remarks, r.problems_file) for r in source_reports])
    review.show_proposed(proposed, settings)


def _stopped(where: list[str]) -> str:
    during = f" while loading {where[-1]}" if where else ""
    return f"Stopped{during}. What was written stays and can be asked; the same command takes it up where it stopped."


@dataclass(frozen=True)
class Allowed:
    """What a load may do that it does not do untold."""

    again: bool = False
    accept_shrinkage: bool = False
    step_back: bool = False


def write_request(
    connection: Connection,
    settings: Settings,
    request: LoadRequest,
    allowed: Allowed,
    *,
    reading: Reading | None = None,
    rows: int | None = None,
    where: list[str] | None = None,
) -> LoadReport:
    """Writes one load with a progress bar; that of a table counts the `rows` that `reading` reads.

    The source is added to `where` before it begins. A large one builds a new store, where that takes less time.
    """
    from graph.commands.bulk import load_alone

    if where is not None:
        where.append(request.source)
    in_bulk = load_alone(connection, settings, request)
    if in_bulk is not None:
        return in_bulk
    with load_bar(request.source, rows) as bar:
        if reading is not None:
            reading.watch = bar.read
        return write_load(connection, request, stage=bar.stage, **asdict(allowed))


def write_requests(
    connection: Connection,
    settings: Settings,
    requests: Iterable[LoadRequest],
    *,
    again: bool = False,
    accept_shrinkage: bool = False,
) -> list[LoadReport]:
    """Writes loads one after the other."""
    allowed = Allowed(again=again, accept_shrinkage=accept_shrinkage)
    return [write_request(connection, settings, request, allowed) for request in requests]


def backup(
    file: Annotated[Path, typer.Argument(help="Where the backup goes, such as inquiry.ndjson.gz.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
) -> None:
    """Write all claims, versions, loads and your own judgements into one file."""
    from graph.exports.backup import back_up

    if file.exists() and not force:
        raise InputError(
            "the file is there already", where=str(file), hint="take another name, or --force writes over it"
        )
    settings = read_settings()
    with connected(settings) as connection, counter("Backing up") as advance:
        counts = back_up(connection, file, advance, judgements=settings.judgements_folder)
    errors().print(f"{counts.get('claim', 0):,} claims are in {file}", soft_wrap=True)


def restore(file: Annotated[Path, typer.Argument(help="A file that `inquiry backup` wrote.")]) -> None:
    """Bring a backup back into an empty graph; a file that is not whole is refused before Neo4j is started."""
    from graph.exports.backup import check_backup
    from graph.exports.backup import restore as bring_back

    settings = read_settings()
    folder = settings.judgements_folder
    check_backup(file, folder)
    with connected(settings) as connection, counter("Restoring") as advance:
        counts = bring_back(connection, file, advance, judgements=folder, checked=True)
    errors().print(f"{counts.get('claim', 0):,} claims are restored")


def _requests(
    connection: Connection, what: list[str], judged: Judged, *, all_seeds: bool = False, none: bool = False
) -> Iterator[LoadRequest]:
    paths = [Path(name) for name in what if _is_path(name)]
    names = [name for name in what if not _is_path(name)]
    if names or all_seeds or not (paths or none):
        yield from seed_requests([] if all_seeds else names, judged)
    if paths:
        for file in read_fact_files(paths, known=known_in_graph(connection)).files:
            request = load_request([file], _source_of(file))
            yield settled(request, judged, lambda schemes: _known_by(connection, schemes))


def seed_requests(names: Iterable[str] = (), judged: Judged = NO_JUDGEMENTS) -> Iterator[LoadRequest]:
    """The loads of these seeds and of those that they refer to; of all seeds without names."""
    seeds = read_seeds()
    known = identified_by(claim for files in seeds.values() for file in files for claim in file.claims)
    for name in needed_seeds(seeds, list(names) or list(seeds)):
        yield settled(load_request(seeds[name], f"seeds/{name}"), judged, lambda _: known)


def _known_by(connection: Connection, schemes: Iterable[str]) -> list[Identified]:
    """What the seeds and the sources in the graph know by identifiers."""
    seeds = identified_by(claim for request in seed_requests() for claim in request.claims)
    return [*seeds, *identified_in_graph(connection, schemes, [source.name for source in SourceCatalogue()])]


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or Path(name).exists()


def _source_of(file: FactFile) -> str:
    """The name of a file's source: two files of one name in different folders are two sources."""
    whole = str(Path(file.path).resolve())
    return f"{Path(file.path).name}#{sha256(whole.encode()).hexdigest()[:8]}"


def _show_reports(reports: list[LoadReport]) -> None:
    rows = [report.model_dump() for report in reports]
    names = (
        "source",
        "outcome",
        "new",
        "unchanged",
        "moved",
        "returned",
        "renewed",
        "cited_again",
        "closed",
        "refreshed",
    )
    for row in rows:
        row.update({name: value or None for name, value in row.items() if value == 0})
    print_rows(screen(), rows, [(name, name.replace("_", " ")) for name in names])


def _show_previews(connection: Connection, requests: list[LoadRequest], *, as_json: bool) -> None:
    previews = [preview_load(connection, request) for request in requests]
    if as_json:
        print_json([preview.model_dump() for preview in previews])
        return
    console = screen()
    for preview in previews:
        console.print(
            f"{preview.source}: {preview.new} new, {preview.unchanged} unchanged, {preview.closed} to be closed",
            soft_wrap=True,
        )
        for sign, examples, count in (
            ("+", preview.examples_new, preview.new),
            ("-", preview.examples_closed, preview.closed),
        ):
            more = [f"… and {count - len(examples):,} more"] if count > len(examples) else []
            for text in [*examples, *more]:
                console.print(f"  {sign} {text}", soft_wrap=True, markup=False)
    errors().print("Nothing was changed.")
