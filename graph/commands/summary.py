"""What `inquiry load` says at its end: how much is new, what was refused and why, and where it is listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from graph.commands.context import errors, screen
from graph.commands.output import print_rows
from graph.loaders.problems import Problem, Problems
from graph.store.connection import Row
from graph.store.writer import LoadReport

__all__ = ["Reason", "print_summary", "reasons_of", "summary_of"]

Reason = dict[str, Any]
"""Why rows were refused: `reason`, how many `rows`, and the first of their `places`."""
_MOST_REASONS: Final = 8
"""Reasons that are printed of each source; the list in the file is whole."""
_PLACES: Final = 3
_COUNTED: Final = ("new", "unchanged", "closed", "moved", "returned", "renewed", "cited_again")
_WORDS: Final = {
    "moved": "lead to another entity than before",
    "returned": "come back after they were closed",
    "renewed": "were read again in another way",
    "cited_again": "are cited by one more version",
}


def reasons_of(problems: Problems) -> list[Reason]:
    """Why rows were refused, the most frequent reason first."""
    places: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems.refused:
        places[problem.reason].append(problem)
    return [
        {"reason": reason, "rows": len(found), "places": [f"{p.file}, row {p.row} ({p.key})" for p in found[:_PLACES]]}
        for reason, found in sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def summary_of(reports: Iterable[LoadReport], loaded: Row, before: Row) -> dict[str, Any]:
    """The counts of all loads together, and what the graph holds now and did not hold before."""
    counts: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    unmatched: list[str] = []
    for report in reports:
        outcomes[report.outcome] += 1
        unmatched += report.unmatched
        counts.update({name: getattr(report, name) for name in _COUNTED})
    return {
        "outcomes": dict(outcomes),
        "claims": {name: counts[name] for name in _COUNTED},
        "documents_new": loaded["documents"] - before["documents"],
        "entities_new": loaded["entities"] - before["entities"],
        "unmatched": unmatched,
    }


def print_summary(
    summary: dict[str, Any], loaded: Row, refused: Sequence[tuple[str, list[Reason], int, str | None]]
) -> None:
    """Prints the summary, then of each source (name, reasons, number of remarks, file) why rows were refused."""
    console = screen()
    claims = summary["claims"]
    rows = [
        {"what": "documents", "new": summary["documents_new"], "there": loaded["documents"]},
        {"what": "entities", "new": summary["entities_new"], "there": loaded["entities"]},
        {
            "what": "claims",
            **{name: claims[name] for name in ("new", "unchanged", "closed")},
            "there": loaded["claims"],
        },
    ]
    shown = [{name: f"{value:,}" if isinstance(value, int) else value for name, value in row.items()} for row in rows]
    columns = [
        ("what", ""),
        ("new", "new"),
        ("unchanged", "unchanged"),
        ("closed", "closed"),
        ("there", "in the graph"),
    ]
    console.print()
    print_rows(console, shown, columns)
    more = [f"{claims[name]:,} {words}" for name, words in _WORDS.items() if claims[name]]
    if more:
        console.print(f"Of the claims, {'; '.join(more)}.", soft_wrap=True)
    for source, reasons, _, _ in refused:
        _print_reasons(source, reasons)
    for claim in summary["unmatched"]:
        console.print(f"A withdrawal, redaction or correction found no claim: {claim}", soft_wrap=True, markup=False)
    for source, reasons, remarks, file in refused:
        if file is not None:
            what = f"{sum(reason['rows'] for reason in reasons):,} refused rows and {remarks:,} remarks"
            errors().print(f"{source}: {what} are listed in {file}", soft_wrap=True)


def _print_reasons(source: str, reasons: list[Reason]) -> None:
    console = screen()
    if reasons:
        console.print(f"{source}, rows that are not loaded:", soft_wrap=True, markup=False)
    for reason in reasons[:_MOST_REASONS]:
        first, *_ = reason["places"]
        text = f"  {first}: {reason['reason']}"
        if reason["rows"] > 1:
            more = "; …" if reason["rows"] > len(reason["places"]) else ""
            text = f"  {reason['rows']:,} × {reason['reason']}: {'; '.join(reason['places'])}{more}"
        console.print(text, soft_wrap=True, markup=False)
    if len(reasons) > _MOST_REASONS:
        console.print(f"  … and {len(reasons) - _MOST_REASONS:,} more reasons", soft_wrap=True)
