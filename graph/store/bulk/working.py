"""The work on the records of a bulk load, shared among processes."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, Final

from graph.store.bulk.aggregate import Written, aggregate
from graph.store.bulk.readings import LoadMark
from graph.store.writer import Stage

__all__ = ["work_on"]

_ALONE: Final = 20_000
"""Claims up to which it takes less time to do the work here than to start other processes, a second each."""
_MOST: Final = 8
_PAUSE: Final = 0.2
_done: Any = None


def work_on(
    paths: list[Path],
    folder: Path,
    marks: tuple[LoadMark, ...],
    stage: Stage,
    *,
    total: int,
    processes: int | None = None,
) -> Written:
    """Works on all files of records, and gives what was written together."""
    count = processes or (1 if total <= _ALONE else min(os.cpu_count() or 1, _MOST))
    stage("new graph", 0, total)
    if count == 1:
        return aggregate(paths, folder, 1, marks)
    context = get_context("spawn")
    done = context.Value("q", 0)
    with ProcessPoolExecutor(count, mp_context=context, initializer=_remember, initargs=(done,)) as pool:
        shares = [paths[number::count] for number in range(count)]
        futures = [pool.submit(_aggregate, share, folder, part, marks) for part, share in enumerate(shares, start=1)]
        _wait(futures, lambda: stage("new graph", done.value, total))
        return _together([future.result() for future in futures])


def _remember(done: Any) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _done  # what the processes of a pool share comes through its initializer only
    _done = done


def _end_with_parent() -> None:
    """A process of a pool would otherwise wait for ever for one that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _aggregate(paths: list[Path], folder: Path, part: int, marks: tuple[LoadMark, ...]) -> Written:
    return aggregate(paths, folder, part, marks, _done)


def _wait(futures: list[Future[Written]], tell: Any) -> None:
    while not all(future.done() for future in futures):
        tell()
        failed = next((future for future in futures if future.done() and future.exception() is not None), None)
        if failed is not None:
            for future in futures:
                future.cancel()
            failed.result()
        time.sleep(_PAUSE)


def _together(parts: list[Written]) -> Written:
    whole, *others = parts
    for other in others:
        whole.shapes |= other.shapes
        whole.counts += other.counts
        whole.by_load += other.by_load
        whole.sample.add(other.sample)
        whole.entities += other.entities
    return whole
