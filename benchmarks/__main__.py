"""`python -m benchmarks [--quick]`: measures and prints one table."""

from __future__ import annotations

import sys

from benchmarks.asking import measure_asking
from benchmarks.loading import measure_loading
from benchmarks.results import Result


def main() -> None:
    """Loading 100,000 claims, and questions at 10,000 and 300,000; with `--quick` a tenth of that."""
    share = 10 if "--quick" in sys.argv[1:] else 1
    results = measure_loading(100_000 // share, 2_000)
    results += measure_asking(10_000 // share, 300_000 // share)
    print("| measured | ours | peer | unit | ratio | goal |\n| --- | --- | --- | --- | --- | --- |")
    for result in results:
        print(_line(result))


def _line(result: Result) -> str:
    goal = f"at least {result.at_least}" if result.at_least is not None else f"at most {result.at_most}"
    return f"| {result.what} | {result.ours:,.1f} | {result.peer:,.1f} | {result.unit} | {result.ratio:.2f} | {goal} |"


main()
