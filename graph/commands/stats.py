"""`inquiry stats`: the whole graph in numbers."""

from __future__ import annotations

from typing import Any, Final

from graph.commands.context import AsJson, connected, read_settings, screen
from graph.commands.output import print_json, print_rows
from graph.schema import SCHEMA
from graph.store.statistics import GraphStatistics, read_statistics

__all__ = ["stats"]

_TERMS: Final = "terms of office begun"


def stats(*, as_json: AsJson = False) -> None:
    """Describe the whole graph: kinds, relationships, sources, years, and how well its claims are supported."""
    with connected(read_settings()) as connection:
        statistics = read_statistics(connection)
    if as_json:
        print_json({**statistics.model_dump(), "shares": statistics.shares})
        return
    _print_shares(statistics)
    _print_table("Kinds", [_kind(row) for row in statistics.kinds])
    _print_table("Relationships", [_relationship(row) for row in statistics.relationships])
    _print_table("Sources", [_source(row) for row in statistics.sources])
    _print_table("Years", _years(statistics.years))


def _print_shares(statistics: GraphStatistics) -> None:
    console = screen()
    shares = statistics.shares
    closed = sum(statistics.closed.values())
    reasons = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in statistics.closed.items())
    lines = [
        f"{statistics.entities:,} entities",
        f"{statistics.live:,} live claims" + (f", and {closed:,} closed ({reasons})" if closed else ""),
        f"{_percent(shares['checked'])} of the live claims are checked; of the others nobody has seen the document",
        f"{_percent(shares['disputed'])} are disputed: {statistics.disputed:,} contradict another one",
        f"{_percent(shares['single_source'])} of the claims that relate two entities rest on one document alone",
    ]
    for line in lines if statistics.claims else ["The graph is empty; `inquiry load` fills it."]:
        console.print(line, soft_wrap=True)


def _percent(share: float | None) -> str:
    """A share; what is not quite all or nothing does not look so."""
    if share is None:
        return "none"
    text = f"{share:.1%}"
    return {"100.0%": "all but a few", "0.0%": "under 0.1%"}.get(text, text) if 0 < share < 1 else f"{share:.0%}"


def _print_table(title: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    console = screen()
    console.print(f"\n{title}", style="bold")
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown = [{name: f"{value:,}" if _is_count(name, value) else value for name, value in row.items()} for row in rows]
    print_rows(console, shown, [(name, name) for name in names])


def _is_count(name: str, value: object) -> bool:
    return isinstance(value, int) and name != "year"


def _kind(row: dict[str, Any]) -> dict[str, Any]:
    sub_kinds = ", ".join(f"{name} {count:,}" for name, count in row["sub_kinds"].items())
    return {"kind": row["kind"], "entities": row["entities"], "among them": sub_kinds or None}


def _relationship(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "relationship": row["type"],
        "there": row["relationships"],
        "of one document": row["of_one_document"],
        "disputed": row["disputed"] or None,
    }


def _source(row: dict[str, Any]) -> dict[str, Any]:
    versions = row["versions"] or []
    return {
        "source": row["source"],
        "live claims": row["live"],
        "closed": row["closed"] or None,
        "loads": row["loads"],
        "last load": row["last_load"][:10] if row["last_load"] is not None else "not finished",
        "as at": versions[0].partition(" ")[2] if len(versions) == 1 else None,
    }


def _years(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The columns in the order of the schema, the terms of office last."""
    names = [kind.label for kind in SCHEMA.kinds if any(kind.label in row for row in rows)]
    return [
        {"year": row["year"], **{f"{name}s": row.get(name) for name in names}, _TERMS: row.get("HELD")} for row in rows
    ]
