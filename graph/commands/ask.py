"""`inquiry ask`, `cypher`, `show`, `search`: answers."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from graph.commands.answers import print_answer
from graph.commands.context import (
    AsCsv,
    AsJson,
    Format,
    chosen_format,
    connected,
    errors,
    read_catalogue,
    read_settings,
    screen,
)
from graph.commands.output import Sources, print_csv, print_json, print_plan, print_rows
from graph.commands.parameters import check_is_query, check_names, read_arguments, read_pairs
from graph.errors import InputError
from graph.queries import Catalogue, NamedQuery, Times, compose, find_entity
from graph.queries import ask as answer_query
from graph.queries.parameters import read_parameters
from graph.queries.search import search_entities
from graph.queries.show import Dossier, read_dossier
from graph.schema import SCHEMA
from graph.schema.ids import name_key
from graph.schema.model import did_you_mean
from graph.settings import Settings
from graph.store.guard import run_guarded

__all__ = ["ask", "cypher", "search", "show"]

Limit = Annotated[int | None, typer.Option("--limit", min=1, help="How many rows at the most.")]
Unchecked = Annotated[
    bool, typer.Option("--include-unchecked", help="Count in claims whose document nobody has seen; they are marked.")
]
ValidAt = Annotated[str | None, typer.Option("--valid-at", help="The day asked about, for states (default: today).")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="Only what was public by this day.")]
RecordedAt = Annotated[str | None, typer.Option("--recorded-at", help="What this graph said then: a day or a moment.")]


def ask(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="The named query; without, they are listed.")] = None,
    *,
    valid_at: ValidAt = None,
    known_at: KnownAt = None,
    recorded_at: RecordedAt = None,
    include_unchecked: Unchecked = False,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_cypher: Annotated[bool, typer.Option("--cypher", help="Print the query instead, to paste elsewhere.")] = False,
    explain: Annotated[bool, typer.Option("--help", "-h", help="Explain the query and its parameters.")] = False,
) -> None:
    """Ask a named query; its own parameters are given as --name value."""
    settings = read_settings()
    catalogue = read_catalogue(settings, asked=name)
    if name is None:
        _list_queries(catalogue, context, as_json=as_json, explain=explain)
        return
    check_is_query(name)
    query = catalogue[name]
    if explain:
        _explain(query)
        return
    output = chosen_format(as_json=as_json, as_csv=as_csv)
    given = read_arguments(context.args, {p.name for p in query.parameters if p.type == "boolean"})
    check_names(query, given)
    times = Times.read(valid_at, known_at, recorded_at)
    if as_cypher:
        values = _resolved(settings, query, given, times) if given else {}
        print(
            compose(query, values, times=times, include_unchecked=include_unchecked, limit=limit or settings.limit),
            end="",
        )
        return
    with connected(settings) as connection:
        answer = answer_query(
            connection,
            query,
            given,
            times=times,
            include_unchecked=include_unchecked,
            limit=limit or settings.limit,
            timeout=settings.query_timeout,
        )
    print_answer(query, answer, output)


def _resolved(settings: Settings, query: NamedQuery, given: dict[str, str], times: Times) -> dict[str, Any]:
    """What was given, with ids for names; a query that is only printed may lack the rest."""
    with connected(settings) as connection:
        return read_parameters(connection, query, given, on=times.valid_at or datetime.now(UTC).date(), partial=True)


def cypher(
    query: Annotated[str, typer.Argument(help="A Cypher query that reads; - reads it from standard input.")],
    *,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="A parameter, as name=value; may be repeated.")
    ] = None,
    limit: Limit = None,
    as_graph: Annotated[
        bool, typer.Option("--graph", help="Print the nodes and relationships of the rows as JSON, each once.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Run Cypher that reads, guarded: nothing it says can write, or reach outside the graph."""
    settings = read_settings()
    output = chosen_format(as_json=as_json or as_graph, as_csv=as_csv)
    text = sys.stdin.read() if query == "-" else query
    with connected(settings) as connection:
        result = run_guarded(
            connection,
            text,
            read_pairs(parameter or []),
            limit=limit or settings.limit,
            timeout=settings.query_timeout,
            as_graph=as_graph,
        )
    if output is Format.JSON:
        print_json(result.model_dump(mode="json"))
        return
    if output is Format.CSV:
        print_csv(result.rows, result.columns)
    elif result.columns:
        print_rows(screen(), result.rows, [(column, column) for column in result.columns], null="null")
        count = len(result.rows)
        errors().print(f"\n{count:,} row{'s' * (count != 1)}." if count else "0 rows.", style="dim")
    if result.plan is not None:
        print_plan(result.plan)
    for told in result.notifications:
        errors().print(f"{told.severity.lower()}: {told.description}", style="dim", markup=False, soft_wrap=True)
    if result.truncated:
        errors().print(f"Only the first {len(result.rows):,} rows are shown; --limit raises that.")


def show(
    entity: Annotated[str, typer.Argument(help="An id or a name.")],
    *,
    recorded_at: RecordedAt = None,
    known_at: KnownAt = None,
    include_unchecked: Unchecked = False,
    as_json: AsJson = False,
) -> None:
    """Show what documents say of one entity."""
    times = Times.read(None, known_at, recorded_at)
    with connected(read_settings()) as connection:
        found = find_entity(connection, entity)
        dossier = read_dossier(connection, found, times, include_unchecked=include_unchecked)
    if as_json:
        print_json(dossier.model_dump())
    else:
        _print_dossier(dossier)


def search(
    text: Annotated[str, typer.Argument(help="Words of a name or summary.")],
    *,
    kind: Annotated[str | None, typer.Option("--kind", help="Only entities of this kind, such as Body.")] = None,
    limit: Limit = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Search names, other names and summaries; typing errors are forgiven."""
    output = chosen_format(as_json=as_json, as_csv=as_csv)
    if not name_key(text):
        raise InputError("there is nothing to search for", hint="give a text with letters or digits")
    kinds = (_read_kind(kind),) if kind is not None else ()
    with connected(read_settings()) as connection:
        rows = search_entities(connection, text, limit=limit or 25, kinds=kinds)
    columns = ["id", "label", "name", "score", "summary"]
    if output is Format.JSON:
        print_json(rows)
    elif output is Format.CSV:
        print_csv(rows, columns)
    elif rows:
        print_rows(screen(), rows, [(column, column) for column in columns])
    else:
        errors().print("Nothing is called that, or nearly so.")


def _read_kind(word: str) -> str:
    labels = {label.lower(): label for label in SCHEMA.by_label}
    sub_kinds = {name.lower(): kind.label for name, kind in SCHEMA.sub_kinds.items()}
    if word.lower() in labels:
        return labels[word.lower()]
    if word.lower() in sub_kinds:
        kind = sub_kinds[word.lower()]
        raise InputError(f"{word} is not a kind, but one of a {kind}", hint=f"write --kind {kind}")
    meant = did_you_mean(word, list(SCHEMA.by_label))
    raise InputError(
        f"there is no kind {word!r}", hint=f"{f'{meant} ' if meant else ''}the kinds are {', '.join(SCHEMA.by_label)}"
    )


def _list_queries(catalogue: Catalogue, context: typer.Context, *, as_json: bool, explain: bool) -> None:
    if as_json:
        print_json([query.model_dump(exclude={"finds", "page", "details", "returns", "order"}) for query in catalogue])
        return
    if explain:
        print(context.get_help())
    rows = [{"query": query.name, "question": query.question} for query in catalogue]
    print_rows(screen(), rows, [("query", "named query"), ("question", "answers")])
    errors().print("\n`inquiry ask NAME --help` explains one.")


def _explain(query: NamedQuery) -> None:
    console = screen()
    console.print(f"[bold]inquiry ask {query.name}[/] {escape(_usage(query))}\n\n{escape(query.question)}\n")
    day = {"parameter": "asked about --valid-at (default: today)", "row": "asked about the day of each row"}
    console.print(f"States are {day.get(query.valid_time.value, 'not asked about a day: what it shows has none')}.\n")
    rows = [
        {
            "name": f"--{p.name.replace('_', '-')}",
            "type": p.type.replace("|", " or "),
            "meaning": p.description + (" (required)" if p.required else ""),
        }
        for p in query.parameters
    ]
    if rows:
        print_rows(console, rows, [("name", "parameter"), ("type", "type"), ("meaning", "meaning")])
    if query.needs_one_of:
        options = " or ".join(f"--{name.replace('_', '-')}" for name in query.needs_one_of)
        console.print(f"\nIt needs {options}.", markup=False)
    columns = [{"name": c.name, "type": c.type.replace("|", " or "), "meaning": c.description} for c in query.columns]
    console.print()
    print_rows(console, columns, [("name", "column"), ("type", "type"), ("meaning", "meaning")])


def _usage(query: NamedQuery) -> str:
    kinds = ["" if p.type == "boolean" else f" {p.type.split('|')[0].upper()}" for p in query.parameters]
    options = [f"--{p.name.replace('_', '-')}{kind}" for p, kind in zip(query.parameters, kinds, strict=True)]
    required = {p.name for p in query.parameters if p.required}
    return " ".join(
        option if p.name in required else f"[{option}]" for option, p in zip(options, query.parameters, strict=True)
    )


def _print_dossier(dossier: Dossier) -> None:
    console: Console = screen()
    console.print(f"[bold]{escape(dossier.name or dossier.id)}[/]  [dim]{dossier.id}[/]  {', '.join(dossier.labels)}\n")
    sources = Sources()
    rows = [
        {"predicate": row["words"], "says": row["other_name"] or row["other"] or row["value"], "more": row["more"],
         "evidence": sources.numbers([{**item, "predicate": "shown"} for item in row["evidence"]])}
        for row in dossier.claims
    ]  # fmt: skip
    print_rows(console, rows, [("predicate", ""), ("says", ""), ("more", ""), ("evidence", "evidence")])
    sources.show(console)
    if dossier.truncated:
        errors().print(f"\nOnly the first {len(dossier.claims):,} claims of {dossier.total:,} are shown.", style="dim")
    if dossier.left_out:
        errors().print(f"\n{dossier.left_out:,} unchecked claims left out (--include-unchecked).", style="dim")
