"""The answer of a named query in the format that was asked for: a table with its evidence, CSV or JSON."""

from __future__ import annotations

from typing import Any

from graph.commands.context import Format, errors, screen
from graph.commands.output import Sources, print_csv, print_json, print_rows
from graph.queries import Answer, NamedQuery
from graph.queries.definition import Column
from graph.schema.moments import plain_moment
from graph.store.connection import Row

__all__ = ["print_answer", "print_beginning"]


def print_answer(query: NamedQuery, answer: Answer, output: Format = Format.TABLE) -> None:
    """The whole answer."""
    if output is Format.JSON:
        print_json(answer.model_dump())
    elif output is Format.CSV:
        _print_csv(query, answer)
    else:
        sources = Sources()
        _print_table(query, [_cells(query, row, sources.numbers(row["evidence"])) for row in answer.rows], sources)
        errors().print(f"\n{_count_line(answer)}", style="dim")


def print_beginning(query: NamedQuery, answer: Answer, *, most_lines: int, most_evidence: int, typed: str) -> None:
    """The first rows, some `most_lines` of them as printed, some pieces of evidence, and how to see the others."""
    for count in range(len(answer.rows), 1, -1):
        rows, sources = _beginning(query, answer, count, most_evidence)
        if _count_lines(query, rows) <= most_lines:
            break
    else:
        rows, sources = _beginning(query, answer, min(2, len(answer.rows)), most_evidence)
    _print_table(query, rows, sources)
    left = [
        f"{count:,} more {what}"
        for count, what in ((answer.total["value"] - len(rows), "rows"), (sources.left, "pieces of evidence"))
        if count > 0
    ]
    if left:
        screen().print(f"… and {' and '.join(left)}: {typed}", style="dim", markup=False, soft_wrap=True)


def _beginning(query: NamedQuery, answer: Answer, count: int, most_evidence: int) -> tuple[list[Row], Sources]:
    sources = Sources()
    each = max(1, most_evidence // max(1, count))
    return [_cells(query, row, sources.numbers(row["evidence"], most=each)) for row in answer.rows[:count]], sources


def _count_lines(query: NamedQuery, rows: list[Row]) -> int:
    console = screen()
    with console.capture() as captured:
        print_rows(console, rows, _titles(query))
    return captured.get().count("\n")


def _titles(query: NamedQuery) -> list[tuple[str, str]]:
    return [*((column.name, column.name.replace("_", " ")) for column in query.columns), ("evidence", "evidence")]


def _print_csv(query: NamedQuery, answer: Answer) -> None:
    print_csv(answer.flat_rows(), query.flat_columns)
    if answer.truncated:
        errors().print(_count_line(answer))


def _print_table(query: NamedQuery, rows: list[Row], sources: Sources) -> None:
    console = screen()
    if rows:
        print_rows(console, rows, _titles(query))
        sources.show(console)
    else:
        console.print("The loaded documents say nothing of this.")


def _cells(query: NamedQuery, row: Row, evidence: str) -> Row:
    shown = {column.name: _shown(column, row) for column in query.columns}
    return {**{name: None if value is False else value for name, value in shown.items()}, "evidence": evidence}


def _shown(column: Column, row: Row) -> Any:
    if column.is_entity:
        return row[f"{column.name}_name"] or row[column.name]
    if column.is_entities:
        names = zip(row[column.name], row[f"{column.name}_names"], strict=True)
        return [name or identifier for identifier, name in names]
    return row[column.name]


def _count_line(answer: Answer) -> str:
    total = answer.total["value"]
    parts = [f"{len(answer.rows):,} of {total:,} rows" if answer.truncated else f"{total:,} row{'s' * (total != 1)}"]
    if answer.truncated:
        parts.append("--limit shows more")
    if answer.left_out["unchecked"]:
        count = answer.left_out["unchecked"]
        at_least = "at least " * (answer.left_out.get("relation") == "gte")
        parts.append(f"{at_least}{count:,} unchecked claim{'s' * (count != 1)} left out (--include-unchecked)")
    if count := answer.left_out.get("not_public_by_then"):
        at_least = "at least " * (answer.left_out.get("relation") == "gte")
        parts.append(f"{at_least}{count:,} claim{'s' * (count != 1)} not shown to be public by then")
    parts += [
        f"{report['recommendations']} of {' or '.join(map(str, report['stated']))} recommendations loaded"
        for report in answer.loaded.get("inquiries", ())
        if report["stated"]
    ]
    if answer.times["valid_at"]:
        parts.append(f"states as of {answer.times['valid_at']}")
    parts.append(f"known by {answer.times['known_at'] or 'any day'}")
    parts.append(f"recorded by {plain_moment(answer.times['recorded_at'] or 'now')}")
    parts.append(f"{answer.loaded['documents']:,} documents loaded")
    return "; ".join(parts) + "."
