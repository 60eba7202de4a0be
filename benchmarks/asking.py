"""How long named queries take, beside the same Cypher over the driver, on a smaller and on a larger graph."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any, Final

from neo4j import READ_ACCESS, Driver, ManagedTransaction

from benchmarks.generator import GOVERNMENT, HELD_OFFICE, INQUIRY, KEY, RECOMMENDATION, generate_claims
from benchmarks.loading import make_request
from benchmarks.results import Result
from benchmarks.server import fresh_server
from graph.queries import Catalogue, ask
from graph.queries.expand import answer_text, count_text, inquiries_text, left_out_text
from graph.queries.run import Times, read_parameters, time_parameters
from graph.queries.statements import statement
from graph.store.connection import Connection
from graph.store.writer import write_load

__all__ = ["GIVEN", "asked_words", "measure_asking", "time_answers"]

RUNS: Final = 15
Asked = tuple[str, dict[str, str]]
GIVEN: Final[tuple[Asked, ...]] = (
    ("recommendation-targets", {"inquiry": INQUIRY}),
    ("recommendation-assessments", {"inquiry": INQUIRY}),
    ("unanswered-recommendations", {"inquiry": INQUIRY}),
    ("coverage", {"inquiry": INQUIRY}),
    ("office-holders", {"office": HELD_OFFICE}),
    ("body-succession", {"body": GOVERNMENT}),
    ("disputed-claims", {"entity": f"observation:{KEY}-0"}),
    ("decision-reversals", {"body": f"body:{KEY}-council"}),
    ("recommendation-trail", {"recommendation": RECOMMENDATION}),
    ("repeated-recommendations", {"inquiry": INQUIRY}),
    ("why", {"subject": f"observation:{KEY}-0", "predicate": "value"}),
    ("document-impact", {"document": f"document:{KEY}-response"}),
    ("in-office-when", {"about": RECOMMENDATION}),
    ("timeline", {"entity": INQUIRY}),
    ("paths", {"start": RECOMMENDATION, "end": f"document:{KEY}-response"}),
)
"""Each asks about something that has as many claims in the small graph as in the large one."""
_GROWING: Final[tuple[Asked, ...]] = (
    ("body-recommendations", {"body": f"body:{KEY}-council"}),
    ("body-recommendations", {"body": GOVERNMENT}),
    ("timeline", {"entity": GOVERNMENT}),
    ("disputed-claims", {}),
    ("decision-reversals", {}),
)
"""Each has an answer that grows with the graph: a hub, a member of a class, everything."""


def measure_asking(smaller: int, larger: int) -> list[Result]:
    """Medians in milliseconds: each query against its own Cypher, and the larger graph against the smaller."""
    small = _measure(smaller)
    large = _measure(larger)
    results = []
    for asked in (*GIVEN, *_GROWING):
        what = asked_words(asked)
        for claims, medians in ((smaller, small), (larger, large)):
            ours, raw, rows = medians[_key(asked)]
            results.append(Result(f"{what}, {claims:,} claims, {rows:,} rows", "ms", ours, raw, at_most=1.3))
        goal = 2 if asked in GIVEN else None
        growth = f"{what}, {larger:,} against {smaller:,} claims"
        results.append(Result(growth, "ms", large[_key(asked)][0], small[_key(asked)][0], at_most=goal))
    return results


def asked_words(asked: Asked) -> str:
    """How a question is called in the tables."""
    return " ".join(["ask", asked[0], *asked[1].values()])


def time_answers(connection: Connection, asked: Asked, runs: int = 100) -> tuple[float, float]:
    """The median and the 99th percentile of so many answers to one question, in milliseconds."""
    query = Catalogue()[asked[0]]
    times = []
    for _ in range(runs + 3):
        begun = time.perf_counter()
        ask(connection, query, asked[1])
        times.append(1000 * (time.perf_counter() - begun))
    return median(times[3:]), quantiles(times[3:], n=100)[98]


def _key(asked: Asked) -> str:
    return f"{asked[0]} {sorted(asked[1].items())}"


def _measure(claims: int) -> dict[str, tuple[float, float, int]]:
    with fresh_server() as (connection, _):
        write_load(connection, make_request(list(generate_claims(claims))))
        return {_key(asked): _one(connection, *asked) for asked in (*GIVEN, *_GROWING)}


def _one(connection: Connection, name: str, given: dict[str, str]) -> tuple[float, float, int]:
    """Medians of ours and of the same statements over the driver, and the rows of the whole answer."""
    query = Catalogue()[name]
    today = datetime.now(UTC).date()
    bound: dict[str, Any] = {
        **read_parameters(connection, query, given, on=today),
        **time_parameters(Times()),
        "valid_at": today,
        "include_unchecked": False,
        "limit": 100,
        "skip": 0,
    }
    total = ask(connection, query, given).total["value"]
    is_long = query.page is not None and total > bound["limit"]
    statements = [(statement("loaded"), {"ids": list(given.values())}), (answer_text(query), bound)]
    if total >= bound["limit"]:
        statements.append((count_text(query), bound))
    statements.append((left_out_text(query, is_long=is_long), {**bound, "include_unchecked": True}))
    if inquiries := [value for value in given.values() if value.startswith("inquiry:")]:
        statements.append((inquiries_text(), {**bound, "inquiries": inquiries}))
    ours, raw = _medians(lambda: ask(connection, query, given), lambda: _read_all(connection.driver, statements))
    return ours, raw, total


def _read_all(driver: Driver, statements: list[tuple[str, dict[str, Any]]]) -> None:
    """The statements that the answer takes, in one transaction, their records as dictionaries."""

    def work(transaction: ManagedTransaction) -> None:
        for text, parameters in statements:
            transaction.run(text, parameters).data()

    with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
        session.execute_read(work)


def _medians(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Medians of both, taken by turns, so that what else the machine does meets both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(RUNS + 3):
        for work, taken in zip((one, other), times, strict=True):
            begun = time.perf_counter()
            work()
            if run >= 3:
                taken.append(1000 * (time.perf_counter() - begun))
    return median(times[0]), median(times[1])
