"""`inquiry check` and `schema`: fact files and the graph held against the rules, and the rules themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.commands.context import AsJson, connected, errors, read_settings, screen
from graph.commands.output import print_json, print_rows
from graph.errors import FactFileError, InputError
from graph.loaders.facts import read_fact_files
from graph.loaders.judgements import holds_judgements, read_judgement_files, read_judgements
from graph.loaders.seeds import read_seeds, seed_files
from graph.schema import SCHEMA
from graph.schema.constraints import schema_statements
from graph.schema.fact_file import fact_file_schema
from graph.store.integrity import check_graph

__all__ = ["check", "schema"]


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Fact files, folders of them, or files of judgements; the seeds without."),
    ] = None,
    *,
    graph: Annotated[
        bool, typer.Option("--graph", help="Check the graph instead: that it says what its claims say, and no more.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check fact files without a database, or the graph with --graph; exit 1 where something is wrong."""
    if graph and files:
        raise InputError("--graph checks the graph, not files", hint="leave out one of them")
    if graph:
        _check_graph(as_json=as_json)
    else:
        _check_files(files or [], as_json=as_json)


def schema(
    *,
    json_schema: Annotated[bool, typer.Option("--json-schema", help="The JSON Schema of fact files.")] = False,
    constraints: Annotated[bool, typer.Option("--constraints", help="The Cypher of constraints and indexes.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what can be said: kinds, properties and relationships."""
    if json_schema:
        print_json(fact_file_schema(SCHEMA))
        return
    if constraints:
        for statement in schema_statements(SCHEMA):
            print(f"{statement};")
        return
    if as_json:
        print_json(
            {
                "kinds": [kind.model_dump(mode="json") for kind in SCHEMA.kinds],
                "relationships": [relationship.model_dump(mode="json") for relationship in SCHEMA.relationships],
            }
        )
        return
    console = screen()
    kinds = [
        {"kind": kind.label, "id": f"{kind.prefix}:…", "properties": ", ".join(p.name for p in kind.own_properties)}
        for kind in SCHEMA.kinds
    ]
    print_rows(console, kinds, [("kind", "kind"), ("id", "id"), ("properties", "properties of its own")])
    console.print()
    links = [
        {
            "type": relationship.name,
            "ends": "; ".join(f"{' or '.join(e.subjects)} → {' or '.join(e.objects)}" for e in relationship.ends),
            "qualifiers": ", ".join(q.name for q in relationship.qualifiers),
        }
        for relationship in SCHEMA.relationships
    ]
    print_rows(console, links, [("type", "relationship"), ("ends", "ends"), ("qualifiers", "qualifiers")])


def _check_files(files: list[Path], *, as_json: bool) -> None:
    problems: list[InputError] = []
    counts = {"claims": 0, "judgements": 0}
    judgements = [path for path in files if holds_judgements(path)]
    facts = [path for path in files if path not in judgements]
    try:
        if not files:
            counts["claims"] = sum(len(file.claims) for parts in read_seeds().values() for file in parts)
            judged = read_judgements(read_settings().judgements_folder)
            counts["judgements"] = len(judged.pairs) + len(judged.names)
        for path in judgements:
            counts["judgements"] += sum(len(file.pairs) + len(file.names) for file in read_judgement_files(path))
        if facts:
            known = read_fact_files(seed_files()).known()
            counts["claims"] = len(read_fact_files(facts, known=known).claims)
    except FactFileError as error:
        problems = error.problems
    if as_json:
        print_json(
            {
                **counts,
                "problems": [{"where": p.where, "message": p.message, "hint": p.hint} for p in problems],
            }
        )
    else:
        for problem in problems:
            errors().print(f"{problem}", style="red", markup=False, soft_wrap=True)
            if problem.hint:
                errors().print(f"    {problem.hint}", markup=False, soft_wrap=True)
        if not problems:
            found = " and ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "No claims"
            screen().print(f"{found}, and nothing to complain of.")
    if problems:
        raise typer.Exit(1)


def _check_graph(*, as_json: bool) -> None:
    found = 0
    with connected(read_settings()) as connection:
        findings = []
        for finding in check_graph(connection):
            found += 1
            if as_json:
                findings.append(finding.model_dump())
            else:
                print(finding.message)
    if as_json:
        print_json(findings)
    elif not found:
        screen().print("The graph says what its claims say, and no more.")
    if found:
        raise typer.Exit(1)
