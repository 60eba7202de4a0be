"""`python -m benchmarks [graph] [bulk] [serving] [views] [--quick] [--write]`: measures; prints a table for each part.

`--write` puts each table into the docs as soon as it is there; without names all parts are measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.asking import measure_asking
from benchmarks.bulk import measure_bulk, measure_change
from benchmarks.loading import measure_loading
from benchmarks.memory import measure_memory
from benchmarks.record import measure_record
from benchmarks.results import Result, describe_machine, table
from benchmarks.serving import measure_serving
from benchmarks.starting import measure_starting
from benchmarks.streaming import measure_streaming
from benchmarks.views import measure_drawing, measure_serving_views

_PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "measurements.md"


def main() -> None:
    """Measures the parts that were named, with `--quick` at a tenth of the size."""
    share = 10 if "--quick" in sys.argv[1:] else 1
    parts: dict[str, list[Callable[[], list[Result]]]] = {
        "graph": [
            lambda: measure_loading(100_000 // share, 4_000, 2_000 // share),
            lambda: measure_memory(50_000 // share, 200_000 // share),
            lambda: measure_asking(10_000 // share, 300_000 // share),
            lambda: measure_starting(10_000 // share),
        ],
        "serving": [
            lambda: measure_serving(100_000 // share, 1_000_000 // share),
            lambda: measure_streaming(10_000 // share, 100_000 // share),
        ],
        "bulk": [
            measure_record,
            lambda: measure_bulk(tuple(size // share for size in (100_000, 1_000_000, 5_000_000)), 50_000 // share),
            lambda: measure_change(100_000 // share, 1_000_000 // share, 1_000 // share),
        ],
        "views": [
            lambda: measure_drawing((150, 1_000) if share > 1 else (150, 1_000, 2_000, 5_000)),
            lambda: measure_serving_views(1_000_000 // share),
        ],
    }
    chosen = [part for part in parts if part in sys.argv[1:]] or list(parts)
    for part in chosen:
        results = list(_all(parts[part]))
        print(f"\n{describe_machine()}\n\n{table(results)}")
        if "--write" in sys.argv[1:]:
            _write(part, results)


def _write(part: str, results: list[Result]) -> None:
    begin, end = f"<!-- measured: {part} -->\n", "<!-- end -->\n"
    before, found, rest = _PAGE.read_text(encoding="utf-8").partition(begin)
    if not found:
        raise RuntimeError(f"{_PAGE} has no place for {part}")
    text = f"{before}{begin}\n{describe_machine()}.\n\n{table(results)}\n\n{end}{rest.partition(end)[2]}"
    _PAGE.write_text(text, encoding="utf-8")


def _all(measurements: list[Callable[[], list[Result]]]) -> Iterator[Result]:
    for measure in measurements:
        for result in measure():
            print(f"{result.what}: {result.ratio:.2f}", file=sys.stderr, flush=True)
            yield result


main()
