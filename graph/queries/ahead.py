"""Lets Neo4j plan what will be asked, so that the first to ask does not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.queries.definition import NamedQuery
from graph.queries.expand import answer_text, as_one_parameter, count_text, left_out_text
from graph.queries.run import Times
from graph.queries.statements import statement
from graph.queries.subgraph import read_around
from graph.store.connection import Connection, Reader

__all__ = ["plan_ahead", "read_ahead"]


def plan_ahead(connection: Connection, queries: Iterable[NamedQuery], is_over: Callable[[], bool]) -> None:
    """Plans the statements of these queries, one after the other, until `is_over` says so.

    A long one takes Neo4j 1 to 4 s (5.26.30, two cores); the statement itself is not run, and the first who asks waits
    for a quarter of that. Those that every answer needs come first.
    """
    asked = list(queries)
    for text_of in (answer_text, left_out_text, count_text):
        for query in asked:
            if is_over():
                return
            text, parameters = as_one_parameter(text_of(query), {})
            connection.read(f"EXPLAIN {text}", parameters)


def read_ahead(connection: Connection) -> None:
    """Reads a small view, so that Neo4j has planned what each view takes; nothing where nothing is loaded."""

    def work(reader: Reader) -> None:
        homes = [row["id"] for row in reader.read(statement("overview"), {"most": 1})]
        if homes:
            read_around(reader, homes[:1], Times(), limit=3)

    connection.read_together(work)
