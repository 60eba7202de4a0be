"""How long named queries take, beside the same Cypher over the driver, on a smaller and on a larger graph."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks.generator import GOVERNMENT, HELD_OFFICE, INQUIRY, KEY, RECOMMENDATION, generate_claims
from benchmarks.loading import make_request
from benchmarks.results import Result
from benchmarks.server import fresh_server
from graph.queries import Catalogue, ask
from graph.queries.expand import answer_text
from graph.queries.run import Times, read_parameters, time_parameters
from graph.store.connection import Connection
from graph.store.writer import write_load

__all__ = ["measure_asking"]

RUNS: Final = 15
_GIVEN: Final[dict[str, dict[str, str]]] = {
    "recommendation-targets": {"inquiry": INQUIRY},
    "body-recommendations": {"body": GOVERNMENT},
    "recommendation-assessments": {"inquiry": INQUIRY},
    "unanswered-recommendations": {"inquiry": INQUIRY},
    "coverage": {"inquiry": INQUIRY},
    "office-holders": {"office": HELD_OFFICE},
    "body-succession": {"body": GOVERNMENT},
    "disputed-claims": {},
    "decision-reversals": {},
    "recommendation-trail": {"recommendation": RECOMMENDATION},
    "repeated-recommendations": {"inquiry": INQUIRY},
    "why": {"subject": f"observation:{KEY}-0", "predicate": "value"},
    "document-impact": {"document": f"document:{KEY}-response"},
    "in-office-when": {"about": RECOMMENDATION},
    "timeline": {"entity": INQUIRY},
    "paths": {"start": RECOMMENDATION, "end": f"document:{KEY}-response"},
}


def measure_asking(smaller: int, larger: int) -> list[Result]:
    """Medians in milliseconds: each query against its own Cypher, and the larger graph against the smaller."""
    small = _measure(smaller)
    large = _measure(larger)
    results = []
    for name in _GIVEN:
        for claims, medians in ((smaller, small), (larger, large)):
            ours, raw = medians[name]
            results.append(Result(f"ask {name}, {claims:,} claims, by the raw driver", "ms", ours, raw, at_most=1.3))
        growth = f"ask {name}, {larger:,} against {smaller:,} claims"
        results.append(Result(growth, "ms", large[name][0], small[name][0], at_most=2))
    return results


def _measure(claims: int) -> dict[str, tuple[float, float]]:
    with fresh_server() as (connection, _):
        write_load(connection, make_request(list(generate_claims(claims))))
        return {name: _one(connection, name, given) for name, given in _GIVEN.items()}


def _one(connection: Connection, name: str, given: dict[str, str]) -> tuple[float, float]:
    query = Catalogue()[name]
    bound: dict[str, Any] = {
        **read_parameters(connection, query, given),
        **time_parameters(Times()),
        "valid_at": None,
        "include_unchecked": False,
        "limit": 100,
        "skip": 0,
    }
    text = answer_text(query)
    ours = _median(lambda: ask(connection, query, given))
    raw = _median(lambda: connection.read(text, bound))
    return ours, raw


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return median(times)
