"""How fast claims are loaded, beside the same elements written by hand and by an object mapper."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.elements import Elements, work_out
from benchmarks.generator import generate_claims
from benchmarks.orm import load_by_neomodel
from benchmarks.raw_loading import load_by_hand
from benchmarks.results import Result
from benchmarks.server import fresh_server
from graph.schema import Claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.store.connection import Connection
from graph.store.digest import graph_digest
from graph.store.writer import apply_schema, write_load

__all__ = ["make_request", "measure_loading"]

_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
_LEAVE_OUT = frozenset({"recorded_at"})
_Load = Callable[[Connection, LoadRequest, Elements], None]


def measure_loading(claims: int, warm_up: int, sample: int) -> list[Result]:
    """Elements a second of four ways to load; each on a new server that has loaded `warm_up` claims before.

    Claims, and the elements that they become, are made before the clock starts. What is made by hand has to come out
    the same as ours. The object mapper writes one relationship at a time, at a steady pace, and only a `sample` of
    claims.
    """
    ours, count, digest = _measure(_load_here, claims, warm_up)
    created, _, by_hand = _measure(_create, claims, warm_up)
    merged, _, merged_by_hand = _measure(_merge, claims, warm_up)
    if not digest == by_hand == merged_by_hand:
        raise RuntimeError("the ways to load made different graphs, so their speeds cannot be compared")
    mapped, mapper = _measure_neomodel(sample)
    what, speed = f"load {claims:,} claims ({count:,} elements)", count / ours
    unit = "elements a second"
    return [
        Result(f"{what}, UNWIND by hand, MERGE", unit, ours=speed, peer=count / merged, at_least=0.8),
        Result(f"{what}, UNWIND by hand, CREATE", unit, ours=speed, peer=count / created, at_least=0.8),
        Result(f"{what}, {mapper}, sample of {sample:,} claims", unit, ours=speed, peer=mapped, at_least=5),
    ]


def make_request(claims: list[Claim], name: str = "generated") -> LoadRequest:
    """A load of these claims."""
    return LoadRequest(
        loader="benchmark",
        source=name,
        inputs=(LoadInput(name=f"{name}-{len(claims)}", sha256="0" * 64),),
        claims=claims,
        expected_claims=len(claims),
    )


def _measure(load: _Load, n: int, warm_up: int) -> tuple[float, int, str]:
    """Seconds, elements, and the digest of the graph."""
    with fresh_server() as (connection, _):
        apply_schema(connection)
        _run(load, connection, warm_up)
        connection.execute(_EMPTY)
        seconds, count = _run(load, connection, n)
        return seconds, count, graph_digest(connection, leave_out=_LEAVE_OUT)


def _measure_neomodel(n: int) -> tuple[float, str]:
    """Elements a second, and the mapper's name with its version."""
    with fresh_server() as (connection, settings):
        apply_schema(connection)
        for claims in (n // 10, n):
            connection.execute(_EMPTY)
            elements = _elements(claims)[1]
            seconds, version = load_by_neomodel(connection, settings, elements)
        return elements.count / seconds, f"neomodel {version}"


def _run(load: _Load, connection: Connection, n: int) -> tuple[float, int]:
    request, elements = _elements(n)
    begun = time.perf_counter()
    load(connection, request, elements)
    return time.perf_counter() - begun, elements.count


def _elements(n: int) -> tuple[LoadRequest, Elements]:
    claims = list(generate_claims(n))
    request = make_request(claims)
    return request, work_out(request, claims, _MOMENT)


def _load_here(connection: Connection, request: LoadRequest, _: Elements) -> None:
    write_load(connection, request, now=lambda: _MOMENT)


def _create(connection: Connection, _: LoadRequest, elements: Elements) -> None:
    load_by_hand(connection.driver, elements, "create")


def _merge(connection: Connection, _: LoadRequest, elements: Elements) -> None:
    load_by_hand(connection.driver, elements, "merge")
