"""`inquiry loads` and `inquiry loads diff`: which loads there were, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final

import typer

from graph.commands.context import AsCsv, AsJson, Format, chosen_format, connected, errors, read_settings, screen
from graph.commands.output import print_csv, print_json, print_json_stream, print_rows
from graph.schema.moments import plain_moment
from graph.store.connection import Row
from graph.store.differences import Comparison, compare_loads
from graph.store.loads import list_loads as read_loads
from graph.store.versions import STEP_BACK

__all__ = ["loads"]

loads = typer.Typer(invoke_without_command=True, rich_markup_mode=None)

_COLUMNS: Final = (
    "change", "subject", "subject_name", "predicate", "object", "object_name", "value", "qualifiers", "since", "until",
    "reason", "note", "closed_by", "document", "locator", "claim",
)  # fmt: skip
_SIGNS: Final = {"opened": "+", "closed": "-", "cited again": "="}


@loads.callback()
def list_loads(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the loads, the newest first; what stands after # in a source tells files of one name apart by folder."""
    if context.invoked_subcommand is not None:
        return
    with connected(read_settings()) as connection:
        rows = read_loads(connection)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        row["step_back"] = row["step_back"] or None
    names = ("load", "source", "status", "started_at", "claims", "live", "step_back")
    print_rows(screen(), rows, [(name, name.replace("_", " ")) for name in names])


@loads.command()
def diff(
    first: Annotated[
        str, typer.Argument(metavar="LOAD|SOURCE", help="The earlier load; or a source, for its last two.")
    ],
    second: Annotated[str | None, typer.Argument(metavar="LOAD", help="The later load.")] = None,
    *,
    cited_again: Annotated[
        bool, typer.Option("--cited-again", help="List also what stayed and is cited by a newer version.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show what a later load of a source closed, opened and cited again, by subject and predicate."""
    output = chosen_format(as_json=as_json, as_csv=as_csv)
    with connected(read_settings()) as connection:
        comparison = compare_loads(connection, first, second)
        changes = (record.data() for record in comparison.changes(connection, cited_again=cited_again))
        if output is Format.CSV:
            print_csv(changes, _COLUMNS)
            return
        counts = comparison.counts(connection)
        if output is Format.JSON:
            print_json_stream({**_ends(comparison), "counts": counts}, "changes", changes)
            return
        errors().print(_title(comparison), soft_wrap=True, markup=False)
        for line in _lines(changes):
            screen().print(line, soft_wrap=True, markup=False)
        told = [f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()]
        screen().print(f"{', '.join(told)}.", soft_wrap=True)


def _ends(comparison: Comparison) -> dict[str, Any]:
    return {
        name: {**load, "recorded_at": load["recorded_at"].iso_format()}
        for name, load in (("earlier", comparison.earlier), ("later", comparison.later))
    }


def _title(comparison: Comparison) -> str:
    ends = [_told(load) for load in (comparison.earlier, comparison.later)]
    return f"{comparison.earlier['source']}: from {ends[0]} to {ends[1]}"


def _told(load: Row) -> str:
    """A load with when it was recorded, the day of its only version, and what is odd about it."""
    parts = [f"recorded {plain_moment(load['recorded_at'].iso_format())}"]
    if load["versions"] and len(load["versions"]) == 1:
        parts.append(f"version of {load['versions'][0].partition(' ')[2]}")
    if load["step_back"]:
        parts.append("a step back")
    if load["status"] != "finished":
        parts.append(load["status"])
    return f"{load['load']} ({', '.join(parts)})"


def _lines(changes: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The changes under their subjects, as they come."""
    subject: Any = ()
    for change in changes:
        if change["subject"] != subject:
            subject = change["subject"]
            yield f"{change['subject_name'] or ''}  {subject}".strip() if subject is not None else "(redacted)"
        yield f"  {_SIGNS[change['change']]} {_says(change)}"


def _says(change: dict[str, Any]) -> str:
    if change["predicate"] is None:
        return f"{change['claim']} [{change['reason']}]"
    target = change["value"] if change["object"] is None else change["object"]
    if change["object_name"] is not None:
        target = f"{change['object_name']} ({target})"
    parts = [f"{change['predicate']} {target}", *change["qualifiers"]]
    parts += [f"{word} {change[name]}" for word, name in (("from", "since"), ("until", "until")) if change[name]]
    text = ", ".join(parts)
    if change["change"] == "closed":
        text += f" [{_why(change)}]"
    return f"{text}  ({change['document']}, {change['locator']})"


def _why(change: dict[str, Any]) -> str:
    """The reason of a closing, and the note where it says more than the heading of the whole comparison."""
    note = change["note"] if not str(change["note"] or "").startswith(STEP_BACK) else None
    return ": ".join(part for part in (str(change["reason"]).replace("_", " "), note) if part)
