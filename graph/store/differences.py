"""What changed between two loads of one source: what was closed, what was opened, what a newer version says again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from neo4j import Record

from graph.errors import InputError
from graph.schema.model import did_you_mean
from graph.store.connection import Connection, Row
from graph.store.shrinkage import QUALIFIERS
from graph.store.statements import statement

__all__ = ["Comparison", "compare_loads"]


@dataclass(frozen=True)
class Comparison:
    """Two loads of one source, and those of its loads that lie before, between and at them.

    What counts is what the graph said when each of the two was recorded, whoever closed a claim in between.
    """

    earlier: Row
    later: Row
    until_earlier: tuple[str, ...]
    between: tuple[str, ...]

    @property
    def _parameters(self) -> dict[str, Any]:
        return {
            "earlier": list(self.until_earlier),
            "later": list(self.between),
            "since": self.earlier["recorded_at"],
            "until": self.later["recorded_at"],
            "qualifiers": QUALIFIERS,
        }

    def counts(self, connection: Connection) -> dict[str, int]:
        """How many claims were opened, closed and cited again."""
        return connection.read(statement("count_changes"), self._parameters)[0]

    def changes(self, connection: Connection, *, cited_again: bool = False) -> Iterator[Record]:
        """What was opened and closed, one claim after the other by subject and predicate; then what is cited again."""
        yield from connection.stream(statement("load_changes"), self._parameters)
        if cited_again:
            yield from connection.stream(statement("claims_cited_again"), self._parameters)


def compare_loads(connection: Connection, first: str, second: str | None = None) -> Comparison:
    """The comparison of two loads by their ids, or beginnings of them; with one name, of a source's last two loads.

    Raises InputError for loads that are not there, are of two sources, or are named in the wrong order.
    """
    loads = connection.read(statement("all_loads"))
    one, other = _last_two(loads, first) if second is None else (_find(loads, first), _find(loads, second))
    if one["source"] != other["source"]:
        raise InputError(
            f"{one['load']} is of {one['source']}, and {other['load']} of {other['source']}",
            hint="only loads of one source are compared; `inquiry loads` lists them",
        )
    if one["recorded_at"] >= other["recorded_at"]:
        raise InputError(f"{other['load']} is not later than {one['load']}", hint="name the earlier load first")
    mine = [load for load in loads if load["source"] == one["source"]]
    before = tuple(load["load"] for load in mine if load["recorded_at"] <= one["recorded_at"])
    between = tuple(load["load"] for load in mine if one["recorded_at"] < load["recorded_at"] <= other["recorded_at"])
    return Comparison(one, other, before, between)


def _last_two(loads: list[Row], source: str) -> tuple[Row, Row]:
    mine = [load for load in loads if load["source"] == source and load["status"] == "finished"]
    if len(mine) >= 2:
        return mine[-2], mine[-1]
    sources = sorted({load["source"] for load in loads})
    if source in sources:
        raise InputError(f"{source} was loaded once only", hint="there is nothing to compare yet")
    raise InputError(
        f"there is no load of a source `{source}`",
        hint=did_you_mean(source, sources) or "name a source, or two loads as `inquiry loads` lists them",
    )


def _find(loads: list[Row], text: str) -> Row:
    wanted = text if text.startswith("load:") else f"load:{text}"
    found = [load for load in loads if load["load"] == wanted] or [
        load for load in loads if load["load"].startswith(wanted)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"several loads begin with {wanted}: {', '.join(load['load'] for load in found)}", hint="name one of them"
        )
    raise InputError(
        f"there is no load {wanted}",
        hint=did_you_mean(wanted, [load["load"] for load in loads]) or "`inquiry loads` lists them",
    )
