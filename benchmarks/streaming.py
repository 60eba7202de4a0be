"""How much memory `inquiry serve` takes while many clients stream a long answer, beside a shorter one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2

from benchmarks.results import Result
from benchmarks.server import fresh_server, serving_command
from graph.schema import Claim, Source, make_claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.settings import Settings
from graph.store.connection import Connection
from graph.store.writer import write_load

__all__ = ["measure_streaming", "peak_memory"]

CLIENTS: Final = 32
DOCUMENT: Final = "document:long"
_QUERIES: Final = Path(__file__).with_name("queries")


@dataclass(frozen=True)
class _Names:
    """Claims of one document, each about another body."""

    count: int

    def __iter__(self) -> Iterator[Claim]:
        source = Source(document=DOCUMENT, published="2024")
        yield make_claim(DOCUMENT, "name", value="A long one", source=source, locator="title")
        for number in range(self.count):
            yield make_claim(
                f"body:b{number:07}", "name", value=f"Body {number}", source=source, locator=f"row {number}"
            )


def measure_streaming(smaller: int, larger: int) -> list[Result]:
    """Peak megabytes of the serving process, each length of the answer in a process of its own."""
    with fresh_server() as (connection, settings):
        load_names(connection, larger)
        small, large = peak_memory(settings, smaller), peak_memory(settings, larger)
    what = f"memory at {CLIENTS} clients that stream {larger:,} rows, against {smaller:,}"
    return [Result(what, "MB", ours=large, peer=small, at_most=1.1)]


def load_names(connection: Connection, count: int) -> None:
    """A document that names so many bodies."""
    inputs = (LoadInput(name=f"names-{count}", sha256="0" * 64),)
    write_load(connection, LoadRequest(loader="benchmark", source="names", inputs=inputs, claims=_Names(count)))


def peak_memory(settings: Settings, rows: int) -> float:
    """Megabytes at the most, while all clients read an answer of so many rows to its end."""
    with serving_command(settings, QUERIES=str(_QUERIES)) as served, ThreadPoolExecutor(CLIENTS) as pool:
        counts = set(pool.map(lambda _: _read(served.address, rows), range(CLIENTS)))
    if counts != {rows}:
        raise RuntimeError(f"{rows} rows were asked for, and {counts} came")
    return served.megabytes


def _read(address: str, rows: int) -> int:
    path = f"/v1/queries/claims-of-document?document={DOCUMENT}&format=ndjson&limit={rows}"
    with httpx2.stream("GET", f"{address}{path}", timeout=900) as reply:
        reply.raise_for_status()
        return sum(piece.count(b"\n") for piece in reply.iter_raw())
