"""Plans of strange queries: what they would do is looked at before anything runs, and what helps is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.errors import QueryError

__all__ = ["ALLOWED_PROCEDURES", "check_plan", "database_of", "shown_plan"]

ALLOWED_PROCEDURES: Final = frozenset(
    {
        "db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships", "db.labels", "db.propertyKeys",
        "db.relationshipTypes", "db.schema.nodeTypeProperties", "db.schema.relTypeProperties",
        "db.schema.visualization",
    }
)  # fmt: skip
"""Procedures that tell only of the graph; all others are refused, built-in ones too."""

_REFUSED_OPERATORS: Final = (
    "LoadCSV", "Show", "Terminate", "Create", "Merge", "Delete", "Detach", "Set", "Remove", "Foreach", "Drop", "Alter",
    "Grant", "Revoke", "Deny", "Rename", "Start", "Stop", "Assert", "DoNothing", "TransactionForeach",
    "TransactionApply", "Lock", "LogSystemCommand", "System", "Administration", "RunQueryAt",
)  # fmt: skip
"""Operators whose names begin so write, reach outside, or administer (names of Neo4j 5.26)."""
_DEEPEST_PLAN: Final = 100
"""Operators above one another; pydantic writes no JSON that is deeper than 255, and a plan has two levels for each."""
_HIDDEN: Final = re.compile(r"(?<!`)LOAD CSV|ResolvedCall\((?P<procedure>[^()\s]+)")
"""Subqueries in expressions are not operators of the plan; the details of an operator show them so.

After a backtick it is somebody's name for a column. Quoted names are not cut out first: a string with a backtick in it
would cut out what stands between.
"""
_PROCEDURE: Final = re.compile(r"`?([A-Za-z_][\w.`]*)`?\s*\(")


def check_plan(plan: Mapping[str, Any], *, database: str | None = None) -> None:
    """Raises QueryError where a plan writes, reads a file or an address, administers, calls other procedures, or leaves
    the `database`, as plans name it."""
    for operator in _operators(plan):
        if database is not None and database_of(operator) != database:
            raise QueryError("this query is refused: it uses another database", hint="set INQUIRY_NEO4J_DATABASE")
        _check_hidden(str(operator.get("args", {}).get("Details", "")))
        name = str(operator["operatorType"]).partition("@")[0]
        if name.startswith(_REFUSED_OPERATORS):
            raise QueryError(f"this query is refused: it does {name}", hint="only what reads the graph is run here")
        if "ProcedureCall" in name:
            _check_procedure(str(operator.get("args", {}).get("Details", "")))


def database_of(operator: Mapping[str, Any]) -> str:
    """The name of the database that an operator of a plan works on."""
    return str(operator.get("operatorType", "")).partition("@")[2]


def _check_hidden(details: str) -> None:
    for match in _HIDDEN.finditer(details):
        if match["procedure"] is None:
            raise QueryError("this query is refused: it does LOAD CSV", hint="only what reads the graph is run here")
        _check_procedure(f"{match['procedure']}(")


def _check_procedure(details: str) -> None:
    match = _PROCEDURE.search(details)
    procedure = match[1].replace("`", "") if match else details
    if procedure not in ALLOWED_PROCEDURES:
        raise QueryError(
            f"the procedure {procedure} is not allowed here",
            hint=f"allowed are {', '.join(sorted(ALLOWED_PROCEDURES))}",
        )


def _operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All operators, without recursion: a plan is as deep as its text is long."""
    rest = [plan]
    while rest:
        operator = rest.pop()
        yield operator
        rest.extend(operator.get("children", ()))


def shown_plan(plan: Mapping[str, Any], depth: int = 1) -> dict[str, Any]:
    """A plan with what helps: operators, their details, estimates, rows and database hits."""
    if depth > _DEEPEST_PLAN:
        raise QueryError("the plan is too deep to be shown", hint="ask for the plan of a part of the query")
    arguments = plan.get("args", {})
    kept = {name: arguments[name] for name in ("Details", "EstimatedRows", "Rows", "DbHits") if name in arguments}
    return {
        "operator": str(plan["operatorType"]).partition("@")[0],
        **kept,
        "children": [shown_plan(child, depth + 1) for child in plan.get("children", ())],
    }
