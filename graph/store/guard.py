"""Cypher of strangers: it reads, and it cannot harm.

Six things hold together. The session is in READ mode, so that the server refuses writes. The words of the text and
the plan are looked at before anything runs, so that procedures, functions of plugins, files, addresses, other databases
and administration are refused though they count as reads. The server stops what takes too long or too much memory, and
what takes too long to plan, which it does not stop, is not waited for. And
nothing is ever tried again, because an attack that eats the heap ends in an error that drivers call transient.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar, cast

import neo4j
from neo4j import READ_ACCESS, NotificationMinimumSeverity
from neo4j.exceptions import Neo4jError
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import InquiryError, QueryError, QueryStopped
from graph.store.connection import Connection
from graph.store.cypher_text import check_text
from graph.store.failures import translate, translated
from graph.store.graph_form import GraphForm, GraphForms
from graph.store.notifications import Notification, read_notifications
from graph.store.plain import as_plain
from graph.store.plans import ALLOWED_PROCEDURES, check_plan, database_of, shown_plan
from graph.store.statements import statement

__all__ = ["ALLOWED_PROCEDURES", "GuardedResult", "check_plan", "run_guarded"]

T = TypeVar("T")
_GRACE: Final = 2.0
"""Seconds that the server has to say by itself that it stopped a query."""
_SPACE: Final = r"(?:\s|//[^\n]*(?:\n|\Z)|/\*(?:[^*]|\*(?!/))*\*/)*+"
_PREFIX: Final = re.compile(
    rf"\A{_SPACE}(?P<word>EXPLAIN|PROFILE)\b(?:{_SPACE}(?P=word)\b)*", re.IGNORECASE | re.DOTALL
)
"""Neo4j takes the word more than once."""
_PLACE: Final = re.compile(r"line (\d+), column (\d+) \(offset: (\d+)\)")


class GuardedResult(BaseModel):
    """What a query of a stranger gives."""

    model_config = ConfigDict(extra="forbid")

    columns: list[str] = Field(description="Their names, in the order of the query.", examples=[["id"]])
    rows: list[dict[str, Any]] = Field(
        description="By the names of the columns; none where the graph was asked for.",
        examples=[[{"id": "body:home-office"}]],
    )
    graph: GraphForm | None = Field(
        None, description="The nodes and relationships of the rows, each once.", examples=[None]
    )
    limit: int = Field(description="How many rows were asked for at the most.", examples=[1000])
    truncated: bool = Field(description="Whether there are more rows than `limit`.", examples=[False])
    notifications: list[Notification] = Field(description="What Neo4j has to say of the query.", examples=[[]])
    plan: dict[str, Any] | None = Field(None, description="The plan, for EXPLAIN and PROFILE.", examples=[None])


def run_guarded(
    connection: Connection,
    text: str,
    parameters: Mapping[str, Any],
    *,
    limit: int,
    timeout: float,
    as_graph: bool = False,
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
    explained = _in_time(lambda: _explain(connection, inner, parameters, timeout), timeout + _GRACE, connection.uri)
    foreseen = read_notifications(explained, lines_before=1)
    if word == "EXPLAIN":
        plan = shown_plan(explained.plan or {})
        return GuardedResult(columns=[], rows=[], limit=limit, truncated=False, notifications=foreseen, plan=plan)
    with (
        translated(connection.uri),
        _session(connection) as session,
        session.begin_transaction(timeout=timeout) as transaction,
    ):
        result = transaction.run(f"PROFILE\n{inner}" if word == "PROFILE" else inner, dict(parameters))
        records = [record for _, record in zip(range(limit), result, strict=False)]
        truncated = len(records) == limit and result.peek() is not None
        columns = list(result.keys())
        # To be told how a query went, one waits for its end; that of a truncated one may be far.
        summary = result.consume() if word == "PROFILE" or not truncated else None
        graph = _graph_of(transaction, records) if as_graph else None
    return GuardedResult(
        columns=columns,
        rows=[] if as_graph else [_row(record) for record in records],
        graph=graph,
        limit=limit,
        truncated=truncated,
        notifications=foreseen if summary is None else read_notifications(summary, lines_before=word == "PROFILE"),
        plan=shown_plan(summary.profile) if summary is not None and summary.profile else None,
    )


def _session(connection: Connection) -> neo4j.Session:
    return connection.session(READ_ACCESS, notifications_min_severity=NotificationMinimumSeverity.INFORMATION)


def _graph_of(transaction: neo4j.Transaction, records: list[neo4j.Record]) -> GraphForm:
    """The graph of the rows, with the ends of relationships that no row has."""
    found = GraphForms()
    for record in records:
        found.add(record.values())
    if found.missing:
        ends = transaction.run(statement("nodes_by_element_id"), {"ids": sorted(found.missing)})
        found.add([row["n"] for row in ends])
    return found.form()


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


def _explain(connection: Connection, text: str, parameters: Mapping[str, Any], timeout: float) -> neo4j.ResultSummary:
    with (
        translated(connection.uri),
        _session(connection) as session,
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
    _check_explained(summary, home)
    return summary


def _check_explained(summary: neo4j.ResultSummary, home: neo4j.ResultSummary) -> None:
    """Raises QueryError where Neo4j says that a query writes, or its plan does what is not done here; `home` is of a
    query on the connection's own database."""
    if summary.query_type != "r":
        raise QueryError(
            "only queries that read are run here", hint="use Neo4j Browser for what writes: `inquiry browser`"
        )
    if summary.plan is None:
        raise QueryError("Neo4j gives no plan for this, so that it cannot be looked at", hint="write one plain query")
    check_plan(summary.plan, database=database_of(home.plan or {}))


def _in_own_lines(error: InquiryError) -> InquiryError:
    """The error with the places of the text, which Neo4j read one line further down."""
    error.message = _PLACE.sub(
        lambda place: f"line {int(place[1]) - 1}, column {place[2]} (offset: {int(place[3]) - len('EXPLAIN ')})",
        error.message,
    )
    error.args = (error.message,)
    return error


def _row(record: neo4j.Record) -> dict[str, Any]:
    return {name: as_plain(record[name]) for name in record.keys()}  # noqa: SIM118  # a record iterates over values
