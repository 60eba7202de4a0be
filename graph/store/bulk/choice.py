"""Whether a load is large enough, against what is there, for a new store to be built."""

from __future__ import annotations

from itertools import islice
from math import inf
from typing import Final

from graph.schema.loads import LoadRequest
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.statements import statement

__all__ = ["can_be_bulk", "is_worth_a_store"]

SMALLEST: Final = 100_000
"""Stop, import tool, start and indexes take some 25 s on two processors; in that time batches write as many claims
(17,000 elements a second, `make bench`)."""
SHARE: Final = 0.5
"""Of the claims that are there: they too have to be read, worked on and imported."""
MOST_CLAIMS_A_ROW: Final = 20


def can_be_bulk(settings: Settings) -> bool:
    """Whether the server is our own, and nobody said otherwise."""
    return settings.neo4j_uri is None and settings.bulk != "off" and settings.neo4j_database == "neo4j"


def is_worth_a_store(connection: Connection, settings: Settings, request: LoadRequest) -> bool:
    """Whether a load should be a bulk load: the first of its source, without closings, and large.

    Where the request does not say how many claims it has, they are counted until there are enough.
    """
    if not can_be_bulk(settings) or tuple(request.closings):
        return False
    is_wanted = settings.bulk == "on"
    if not is_wanted and _at_most(request) < SMALLEST:
        return False  # most loads end here, before anything is asked
    if connection.read(statement("loads_of_source"), {"source": request.source}):
        return False
    if is_wanted:
        return True
    there = connection.read(statement("count_loaded"))[0]["claims"]
    enough = max(SMALLEST, int(SHARE * there))
    if _at_most(request) < enough:
        return False
    return request.expected_claims is not None or sum(1 for _ in islice(iter(request.claims), enough)) >= enough


def _at_most(request: LoadRequest) -> float:
    """How many claims a load has at the most, as far as that is known without counting them."""
    if request.expected_claims is not None:
        return request.expected_claims
    rows = sum(item.rows or 0 for item in request.inputs)
    return rows * MOST_CLAIMS_A_ROW or inf
