"""Neo4j plans a named query once, whatever parameters are given, and before anybody asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from graph.queries import Catalogue
from graph.queries.ahead import plan_ahead, read_ahead
from graph.queries.expand import answer_text, as_one_parameter
from graph.queries.run import Times, time_parameters
from graph.queries.subgraph import read_around
from graph.store.connection import Connection

QUERY = Catalogue()["body-succession"]


def forget_plans(connection: Connection) -> int:
    """Neo4j forgets all plans, and says how many there were."""
    said = connection.execute("CALL db.clearQueryCaches()").rows[0]["value"]
    number = re.search(r"of (\d+) queries", said)
    return int(number[1]) if number else 0


def read(connection: Connection, **given: Any) -> None:
    common = {"valid_at": date(2024, 1, 1), "include_unchecked": False, "skip": 0, "limit": 10}
    given = {parameter.name: given.get(parameter.name) for parameter in QUERY.parameters}
    connection.read(*as_one_parameter(answer_text(QUERY), {**common, **time_parameters(Times()), **given}))


def test_other_parameters_need_no_other_plan(clean_graph: Connection) -> None:
    forget_plans(clean_graph)
    for body in (None, "body:council", 7, 0.5, True, date(2024, 1, 1)):
        read(clean_graph, body=body)
    # Besides, the clearing may count itself.
    assert forget_plans(clean_graph) <= 2


def test_each_statement_is_planned_ahead(clean_graph: Connection) -> None:
    forget_plans(clean_graph)
    plan_ahead(clean_graph, [QUERY], lambda: False)
    assert forget_plans(clean_graph) in {3, 4}


def test_what_views_take_is_planned_ahead(load_facts: Callable[..., Any], connection: Connection) -> None:
    load_facts(
        """
        document: {id: document:first, title: The first, form: report, published: 2020, publisher: body:a}
        says:
          - {entity: body:a, at: page 1, name: A body}
          - {entity: recommendation:one, at: page 2, name: One, targets: body:a}
        """
    )
    forget_plans(connection)
    read_ahead(connection)
    planned = forget_plans(connection)
    assert planned > 4
    read_ahead(connection)
    connection.read_together(lambda reader: read_around(reader, ["recommendation:one"], Times()))
    # Besides, the clearing may count itself.
    assert forget_plans(connection) <= planned + 1


def test_planning_ahead_ends_when_it_is_over(clean_graph: Connection) -> None:
    forget_plans(clean_graph)
    plan_ahead(clean_graph, Catalogue(), lambda: True)
    assert forget_plans(clean_graph) <= 1
