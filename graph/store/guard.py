"""Cypher of strangers: it reads, and it cannot harm.

Six things hold together. The session is in READ mode, so that the server refuses writes. The words of the text and
the plan are looked at before anything runs, so that procedures, functions of plugins, files, addresses, other databases
and administration are refused though they count as reads. The server stops what takes too long or too much memory, and
what takes too long to plan, which it does not stop, is not waited for. And
nothing is ever tried again, because an attack that eats the heap ends in an error that drivers call transient.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar, cast

import neo4j
from neo4j import READ_ACCESS
from neo4j.exceptions import Neo4jError
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time
from pydantic import BaseModel, ConfigDict

from graph.errors import InquiryError, QueryError, QueryStopped
from graph.schema.moments import plain_moment
from graph.store.connection import Connection
from graph.store.cypher_text import check_text
from graph.store.failures import translate, translated

__all__ = ["ALLOWED_PROCEDURES", "GuardedResult", "as_plain", "check_plan", "run_guarded"]

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
T = TypeVar("T")
_GRACE: Final = 2.0
"""Seconds that the server has to say by itself that it stopped a query."""
_DEEPEST_PLAN: Final = 100
"""Operators above one another; pydantic writes no JSON that is deeper than 255, and a plan has two levels for each."""
_PREFIX: Final = re.compile(
    r"\A(?P<lead>(?:\s|//[^\n]*(?:\n|\Z)|/\*.*?\*/)*)(?P<word>EXPLAIN|PROFILE)\b", re.IGNORECASE | re.DOTALL
)
_HIDDEN: Final = re.compile(r"(?<!`)LOAD CSV|ResolvedCall\((?P<procedure>[^()\s]+)")
"""Subqueries in expressions are not operators of the plan; the details of an operator show them so.

After a backtick it is somebody's name for a column. Quoted names are not cut out first: a string with a backtick in it
would cut out what stands between.
"""
_PROCEDURE: Final = re.compile(r"`?([A-Za-z_][\w.`]*)`?\s*\(")


_PLACE: Final = re.compile(r"line (\d+), column (\d+) \(offset: (\d+)\)")


class GuardedResult(BaseModel):
    """Rows as JSON has them; `truncated` where there were more than asked for."""

    model_config = ConfigDict(extra="forbid")

    columns: list[str]
    rows: list[dict[str, Any]]
    truncated: bool
    plan: dict[str, Any] | None = None
    """The plan, for EXPLAIN and PROFILE."""


def run_guarded(
    connection: Connection, text: str, parameters: Mapping[str, Any], *, limit: int, timeout: float
) -> GuardedResult:
    """Runs `text` where it only reads; at most `limit` rows and `timeout` seconds, and never twice.

    Raises QueryError for anything that could write, reach outside the graph or administer, and for what Neo4j cannot
    read; QueryStopped where it was stopped.
    """
    check_text(text, ALLOWED_PROCEDURES)
    match = _PREFIX.match(text)
    word = match["word"].upper() if match else None
    # The word is blanked, not cut out, so that errors name the places of the text.
    inner = re.sub(r"\S", " ", match.group()) + text[match.end() :] if match else text
    plan = _in_time(lambda: _explain(connection, inner, parameters, timeout), timeout + _GRACE, connection.uri)
    if word == "EXPLAIN":
        return GuardedResult(columns=[], rows=[], truncated=False, plan=_plan(plan))
    with (
        translated(connection.uri),
        connection.session(READ_ACCESS) as session,
        session.begin_transaction(timeout=timeout) as transaction,
    ):
        result = transaction.run(f"PROFILE {inner}" if word == "PROFILE" else inner, dict(parameters))
        rows = [_row(record) for _, record in zip(range(limit), result, strict=False)]
        truncated = len(rows) == limit and result.peek() is not None
        columns = list(result.keys())
        profile = result.consume().profile if word == "PROFILE" else None
    return GuardedResult(columns=columns, rows=rows, truncated=truncated, plan=_plan(profile) if profile else None)


def _in_time(work: Callable[[], T], seconds: float, where: str) -> T:
    """What `work` gives; raises QueryStopped where it takes longer than `seconds`.

    The server does not look at its clock while it plans, and the driver's session can be used by one thread only. So
    the work is given up, not ended: its thread ends when the server answers or the driver is closed.
    """
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # noqa: BLE001  # raised where it is waited for
            done.put((None, error))

    Thread(target=run, name="explain", daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except Empty:
        raise QueryStopped("the query took too long to plan", where=where, hint="make it simpler") from None
    if error is not None:
        raise error
    return cast("T", result)


def _explain(connection: Connection, text: str, parameters: Mapping[str, Any], timeout: float) -> dict[str, Any]:
    with (
        translated(connection.uri),
        connection.session(READ_ACCESS) as session,
        session.begin_transaction(timeout=timeout) as transaction,
    ):
        home = transaction.run("EXPLAIN RETURN 1").consume()
        try:
            # On a line of its own, so that the columns that errors name are those of the text.
            summary = transaction.run(f"EXPLAIN\n{text}", dict(parameters)).consume()
        except (TypeError, ValueError, OverflowError) as error:
            raise QueryError(f"a parameter cannot be sent to Neo4j: {error}") from error
        except Neo4jError as error:
            if "administration command" not in str(error.message).lower():
                raise _in_own_lines(translate(error, connection.uri)) from error
            raise QueryError(
                "this query is refused: it administers Neo4j", hint="only what reads the graph is run here"
            ) from error
    if summary.query_type != "r":
        raise QueryError(
            "only queries that read are run here", hint="use Neo4j Browser for what writes: `inquiry browser`"
        )
    if summary.plan is None:
        raise QueryError("Neo4j gives no plan for this, so that it cannot be looked at", hint="write one plain query")
    check_plan(summary.plan, database=_database(home.plan or {}))
    return dict(summary.plan)


def _in_own_lines(error: InquiryError) -> InquiryError:
    """The error with the places of the text, which Neo4j read one line further down."""
    error.message = _PLACE.sub(
        lambda place: f"line {int(place[1]) - 1}, column {place[2]} (offset: {int(place[3]) - len('EXPLAIN ')})",
        error.message,
    )
    error.args = (error.message,)
    return error


def check_plan(plan: Mapping[str, Any], *, database: str | None = None) -> None:
    """Raises QueryError where a plan writes, reads a file or an address, administers, calls other procedures, or leaves
    the `database`, as plans name it."""
    for operator in _operators(plan):
        if database is not None and _database(operator) != database:
            raise QueryError("this query is refused: it uses another database", hint="set INQUIRY_NEO4J_DATABASE")
        _check_hidden(str(operator.get("args", {}).get("Details", "")))
        name = str(operator["operatorType"]).partition("@")[0]
        if name.startswith(_REFUSED_OPERATORS):
            raise QueryError(f"this query is refused: it does {name}", hint="only what reads the graph is run here")
        if "ProcedureCall" in name:
            _check_procedure(str(operator.get("args", {}).get("Details", "")))


def _database(operator: Mapping[str, Any]) -> str:
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


def _plan(plan: Mapping[str, Any], depth: int = 1) -> dict[str, Any]:
    """A plan with what helps: operators, their details, estimates, rows and database hits."""
    if depth > _DEEPEST_PLAN:
        raise QueryError("the plan is too deep to be shown", hint="ask for the plan of a part of the query")
    arguments = plan.get("args", {})
    kept = {name: arguments[name] for name in ("Details", "EstimatedRows", "Rows", "DbHits") if name in arguments}
    return {
        "operator": str(plan["operatorType"]).partition("@")[0],
        **kept,
        "children": [_plan(child, depth + 1) for child in plan.get("children", ())],
    }


def _row(record: neo4j.Record) -> dict[str, Any]:
    return {name: as_plain(record[name]) for name in record.keys()}  # noqa: SIM118  # a record iterates over values


def as_plain(value: Any) -> Any:
    """A value of the driver as JSON has it; nodes, relationships and paths as maps."""
    if isinstance(value, Node | Path | Relationship):
        return _graph_as_plain(value)
    if isinstance(value, Date | DateTime | Time | Duration):
        return plain_moment(value.iso_format())
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): as_plain(item) for name, item in value.items()}
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value


def _graph_as_plain(value: Node | Path | Relationship) -> dict[str, Any]:
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": as_plain(dict(value))}
    if isinstance(value, Path):
        return {
            "nodes": [as_plain(node) for node in value.nodes],
            "relationships": [as_plain(relationship) for relationship in value.relationships],
        }
    ends = [node.get("id") if node is not None else None for node in value.nodes]
    return {"type": value.type, "start": ends[0], "end": ends[1], "properties": as_plain(dict(value))}
