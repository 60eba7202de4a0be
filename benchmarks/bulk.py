"""Bulk loads beside Neo4j's own import of the same graph as ready-made CSV, and beside UNWIND by hand."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.asking import GIVEN, asked_words, time_answers
from benchmarks.elements import work_out
from benchmarks.generator import generate_claims
from benchmarks.loading import make_request
from benchmarks.raw_loading import load_by_hand
from benchmarks.results import Result
from benchmarks.server import fresh_server
from graph.schema import Claim
from graph.schema.loads import LoadInput, LoadRequest
from graph.settings import Settings
from graph.store.bulk import BulkLoad
from graph.store.bulk.csv_files import Shape
from graph.store.bulk.importing import CSV_FOLDER, import_store
from graph.store.connection import Connection
from graph.store.local import LocalServer
from graph.store.writer import apply_schema, write_load

__all__ = ["measure_bulk", "measure_change", "stream_request"]

_NEO4J = ("stop", "start", "indexes")
_EDITIONS = 8
_NOT_COUNTED = 3


@dataclass(frozen=True)
class _Stream:
    """Claims that are made as they are asked for, as often as they are."""

    count: int
    seed: int = 1

    def __iter__(self) -> Iterator[Claim]:
        return generate_claims(self.count, self.seed)


def stream_request(claims: int, name: str = "generated", seed: int = 1) -> LoadRequest:
    """A load of generated claims that are never all in memory."""
    inputs = (LoadInput(name=f"{name}-{claims}-{seed}", sha256="0" * 64),)
    return LoadRequest("benchmark", name, inputs, _Stream(claims, seed), expected_claims=claims)


def measure_bulk(sizes: tuple[int, ...], sample: int) -> list[Result]:
    """Bulk loads of so many claims each, and the same questions to each of the graphs that come of them."""
    results, speeds, answers = [], [], []
    for claims in sizes:
        of_size, speed, times = _measure_size(claims)
        results += of_size
        speeds.append(speed)
        answers.append(times)
    # Last, since it holds its sample in memory, which is measured above.
    by_hand = _elements_by_hand(sample)
    for claims, speed in zip(sizes, speeds, strict=True):
        what = f"bulk load of {claims:,} claims, by UNWIND by hand, MERGE"
        results.append(Result(what, "elements a second", speed, by_hand, at_least=10))
    for number, asked in enumerate(GIVEN):
        (first, first_tail), *_ = (times[number] for times in answers)
        for claims, times in list(zip(sizes, answers, strict=True))[1:]:
            what = f"{asked_words(asked)}, {claims:,} against {sizes[0]:,} claims"
            middle, tail = times[number]
            results += [
                Result(f"{what}: median", "ms", middle, first, at_most=3),
                Result(f"{what}: 99th percentile", "ms", tail, first_tail),
            ]
    return results


def _measure_size(claims: int) -> tuple[list[Result], float, list[tuple[float, float]]]:
    """From the first claim to a graph that can be asked, in one process and its helpers; then the times of answers.

    Making the claims is the loader's part, which the ready-made CSV does not have: it is shown apart, as are the stop
    and the start of Neo4j and its indexes. Beside the results, elements a second, and the times of answers.
    """
    with fresh_server() as (connection, settings):
        made = _time_of_making(claims)
        ready = settings.data_dir.with_name("ready-made")
        begun = time.perf_counter()
        bulk, shapes = _load(connection, settings, stream_request(claims), ready)
        total = time.perf_counter() - begun
        elements = sum(connection.read(_COUNT)[0].values())
        again = _time_of_loading_again(connection, claims)
        disk = _size(settings.data_dir / "data")
        answers = [time_answers(connection, asked) for asked in GIVEN]
        connection.close()
        server = LocalServer(settings)
        server.down()
        bare = _time_of_import(server, ready, shapes)
    of_neo4j = sum(bulk.seconds[name] for name in _NEO4J)
    own = total - of_neo4j
    what = f"bulk load of {claims:,} claims ({elements:,} elements)"
    parts = [Result(f"{what}: {name}", "s", seconds, bare) for name, seconds in bulk.seconds.items()]
    results = [
        Result(f"{what}, loader to queryable, by ready-made CSV", "claims a second", claims / total, claims / bare),
        Result(
            f"{what}, without stop, start and indexes, by ready-made CSV",
            "claims a second", claims / own, claims / bare, at_least=0.5,
        ),
        Result(
            f"{what}, also without making the claims ({made:.0f} s), by ready-made CSV",
            "claims a second", claims / (own - made), claims / bare, at_least=0.5,
        ),
        *parts,
        Result(f"the same {claims:,} claims again, by the first time", "s", again, total, at_most=0.1),
        Result(f"memory, {claims:,} claims, by 200 MB", "MB", _peak(resource.RUSAGE_SELF), 200, at_most=1),
        Result("memory of its largest helper or Neo4j's tool, by that of the process", "MB",
               _peak(resource.RUSAGE_CHILDREN), _peak(resource.RUSAGE_SELF)),
        Result(f"disk of {claims:,} claims, by the page cache", "MB", disk / 2**20, 1024),
    ]  # fmt: skip
    return results, elements / total, answers


_COUNT = "MATCH (n) WITH count(n) AS nodes RETURN nodes, COUNT { ()-->() } AS relationships"


def _load(
    connection: Connection, settings: Settings, request: LoadRequest, keep: Path
) -> tuple[BulkLoad, dict[str, Shape]]:
    """The bulk load, of which the CSV files stay in `keep`, and the shapes of these files."""
    with BulkLoad(connection, settings) as bulk:
        bulk.add(request)
        built = bulk.build()
        keep.mkdir()
        shutil.copytree(built.folder, keep / CSV_FOLDER, copy_function=os.link)
        bulk.finish()
    return bulk, built.shapes


def _time_of_making(claims: int) -> float:
    begun = time.perf_counter()
    for _ in generate_claims(claims):
        pass
    return time.perf_counter() - begun


def _time_of_import(server: LocalServer, home: Path, shapes: dict[str, Shape]) -> float:
    begun = time.perf_counter()
    import_store(server, home, shapes)
    return time.perf_counter() - begun


def _time_of_loading_again(connection: Connection, claims: int) -> float:
    begun = time.perf_counter()
    report = write_load(connection, stream_request(claims))
    if report.outcome != "unchanged":
        raise RuntimeError("the same load was not recognised")
    return time.perf_counter() - begun


def _elements_by_hand(sample: int) -> float:
    """Elements a second by MERGE, on a sample: a load that can be run again, as ours can."""
    with fresh_server() as (connection, _):
        apply_schema(connection)
        claims = list(generate_claims(sample))
        elements = work_out(make_request(claims), claims, datetime(2026, 1, 1, tzinfo=UTC))
        begun = time.perf_counter()
        load_by_hand(connection.driver, elements, "merge")
        return elements.count / (time.perf_counter() - begun)


def _peak(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure_change(smaller: int, larger: int, change: int) -> list[Result]:
    """A source of `change` claims comes in a new edition: in a larger graph that takes as long as in a smaller one."""
    small, of_one = _measure_change(smaller, change)
    large, _ = _measure_change(larger, change)
    _, of_all = _measure_change(larger, larger // 100)
    what = f"a new edition of {change:,} claims, all of them changed"
    return [
        Result(f"{what}, in {larger:,} by in {smaller:,} claims", "s", large, small, at_most=1.5),
        Result(
            f"1 % of {larger:,} claims changed, by 1 % of {smaller:,}", "ms a claim", 1000 * of_all, 1000 * of_one,
            at_most=1.5,
        ),
    ]  # fmt: skip


def _measure_change(claims: int, change: int) -> tuple[float, float]:
    """Seconds in all, and for each claim that changed: the medians of several editions.

    The first editions are not counted. A server that has just started takes three times as long for them, whatever is
    in it, since it has compiled nothing yet.
    """
    seconds, by_claim = [], []
    with fresh_server() as (connection, settings):
        with BulkLoad(connection, settings) as bulk:
            bulk.add(stream_request(claims))
            bulk.finish()
        for edition in range(2, 2 + _EDITIONS):
            begun = time.perf_counter()
            report = write_load(connection, stream_request(change, "small", seed=edition), accept_shrinkage=True)
            seconds.append(time.perf_counter() - begun)
            by_claim.append(seconds[-1] / max(report.new + report.closed, 1))
    return median(seconds[_NOT_COUNTED:]), median(by_claim[_NOT_COUNTED:])
