"""Each named query gives what a naive answer in Python gives, at whatever valid, known and recorded time.

Histories are invented (`oracle.histories`) and loaded as real ones are; the naive answers (`oracle`) go through the
list of what was loaded when, and share no code with the queries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.queries import Catalogue, Times, ask
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import Connection, Parameters, Reader, Row
from graph.store.writer import write_load
from oracle.comparing import ORACLES, complaints
from oracle.histories import History, histories, questions
from oracle.world import Question, World

CATALOGUE = Catalogue()
T = TypeVar("T")


class KeepingPlans(Connection):
    """A connection that plans each question once, though the graph is emptied and filled all the time."""

    def read_together(self, work: Callable[[Reader], T], *, timeout: float | None = None) -> T:
        return super().read_together(lambda reader: work(_Planned(reader)), timeout=timeout)


class _Planned:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, query: str, parameters: Parameters | None = None) -> list[Row]:
        return self._reader.read(f"CYPHER replan=skip {query}", parameters)


_EMPTY = "MATCH (n) DETACH DELETE n"


def load(connection: Connection, history: History) -> None:
    connection.execute(_EMPTY)
    for number, one in enumerate(history.loads):
        versions = {s.source.version.id: s.source.version for s in one.states if s.source.version is not None}
        request = LoadRequest(
            "invented",
            one.source,
            (LoadInput(name=str(number), sha256="0" * 64),),
            [stated.claim for stated in one.states],
            versions=list(versions.values()),
            closings=one.closings,
        )
        write_load(connection, request, now=lambda at=one.at: at, accept_shrinkage=True)


def differences(connection: Connection, history: History, question: Question) -> tuple[list[str], int]:
    """What differs between answer and naive answer, and how many rows there are."""
    query = CATALOGUE[question.query]
    answer = ask(
        connection,
        query,
        question.given,
        times=Times(valid_at=question.valid_at, known_at=question.known_at, recorded_at=question.recorded_at),
        include_unchecked=question.include_unchecked,
        limit=100_000,
    )
    return complaints(World(history.loads, question), query, answer), len(answer.rows)


def compare(connection: Connection, examples: int, *, each: int, is_random: bool) -> Counter[str]:
    """Asks all queries of `examples` histories, `each` times; how often a query had rows."""
    answered: Counter[str] = Counter()
    planned = KeepingPlans(connection.driver, database=connection.database, uri=connection.uri)

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=not is_random,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(history=histories(), data=st.data())
    def compare_one(history: History, data: st.DataObject) -> None:
        load(connection, history)
        for query in CATALOGUE:
            for _ in range(each):
                question = data.draw(questions(query, history))
                if question is not None:
                    wrong, rows = differences(planned, history, question)
                    assert not wrong, f"{question}\n" + "\n".join(wrong)
                    answered[query.name] += rows > 0

    compare_one()
    return answered


def test_every_named_query_has_a_naive_answer() -> None:
    assert {*ORACLES, "paths"} == {query.name for query in CATALOGUE}


def test_queries_give_what_a_naive_answer_gives(connection: Connection) -> None:
    compare(connection, 4, each=1, is_random=False)


@pytest.mark.soak
def test_queries_give_what_a_naive_answer_gives_for_long(connection: Connection) -> None:
    answered = compare(connection, 300, each=4, is_random=True)
    assert {query.name for query in CATALOGUE if answered[query.name] < 20} == set()
