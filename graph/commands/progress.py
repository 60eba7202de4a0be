"""How far work is, on a terminal, and how it ends when somebody stops it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from graph.commands.context import errors
from graph.errors import InquiryError

__all__ = ["INTERRUPTED", "LoadBar", "counter", "load_bar", "stoppable"]

INTERRUPTED: Final = 130
"""The exit code of what was stopped with Ctrl-C: 128 and the number of the signal."""
_PHASES: Final = {"comparing": "comparing", "claims": "writing", "view": "current view"}
_UNITS: Final = {"view": "entities", "import": "%", "starting Neo4j": "s"}


class _Rate(ProgressColumn):
    """How many a second, of whatever is counted."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s")


class LoadBar:
    """The bar of one load. A table counts its rows, of which it knows the number; anything else counts claims."""

    def __init__(self, bar: Progress, source: str, rows: int | None) -> None:
        self._bar = bar
        self._source = source
        self._rows = rows
        self._phase = ""
        self._task = bar.add_task(source, total=None, unit="")

    def stage(self, name: str, done: int, total: int | None) -> None:
        """What the writer tells of itself."""
        counts_rows = self._rows is not None and name != "view"
        if name != self._phase:
            self._phase = name
            unit = "rows" if counts_rows else _UNITS.get(name, "claims")
            words = f"{self._source}: {_PHASES.get(name, name)}"
            self._bar.reset(self._task, description=words, total=self._rows if counts_rows else total, unit=unit)
        if not counts_rows:
            self._bar.update(self._task, completed=done, total=total)

    def read(self, rows: int) -> None:
        """How many rows of the tables were read in this phase."""
        self._bar.update(self._task, completed=rows)


@contextmanager
def load_bar(source: str, rows: int | None = None) -> Iterator[LoadBar]:
    """A bar with what is counted, its rate and the time left; only on a terminal."""
    console = errors()
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[unit]}"), _Rate(),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield LoadBar(bar, source, rows)


@contextmanager
def counter(what: str) -> Iterator[Any]:
    """Counts up to an unknown number; only on a terminal."""
    console = errors()
    columns = (TextColumn("{task.description}"), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda count: bar.advance(task, count)


@contextmanager
def stoppable(line: Callable[[], str]) -> Iterator[None]:
    """Ends the command with one line when somebody presses Ctrl-C in the block.

    What the interruption breaks on its way out, such as a connection in the middle of an answer, is not told.
    """
    pressed = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, stop)
    try:
        yield
    except (KeyboardInterrupt, InquiryError):
        if not pressed:
            raise
        errors().print(line(), soft_wrap=True, markup=False)
        raise typer.Exit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGINT, before)
