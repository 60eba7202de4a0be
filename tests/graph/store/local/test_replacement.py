"""A new store takes the place of the old one: broken off anywhere, one of them is in place and whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from graph.store.local.layout import Layout
from graph.store.local.replacement import Replacement

PROOF = {"counts": {"Claim": 1}, "sample": {}}


class Killed(BaseException):
    """The process ended here."""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "data folder")
    layout.create()
    make_store(layout.data, "old")
    (layout.data / "databases" / "system").mkdir()
    (layout.data / "databases" / "system" / "users").write_text("one")
    return layout


def make_store(folder: Path, what: str) -> Path:
    for name in ("databases", "transactions"):
        (folder / name / "neo4j").mkdir(parents=True)
        (folder / name / "neo4j" / "graph").write_text(what)
    return folder


def in_place(layout: Layout) -> str:
    """Which of the stores is in place; both parts of it must be of one store, and the users there."""
    found = {(layout.data / name / "neo4j" / "graph").read_text() for name in ("databases", "transactions")}
    assert len(found) == 1
    assert (layout.data / "databases" / "system" / "users").read_text() == "one"
    return found.pop()


@contextmanager
def killed_before_step(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process ends before the step of this number that changes what is on the disk."""
    steps = count(1)

    def ending(function: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            if next(steps) == number:
                raise Killed
            return function(*arguments, **options)

        return step

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "unlink", "rmdir"):
            patch.setattr(Path, name, ending(getattr(Path, name)))
        for name in ("rmtree", "copytree"):
            patch.setattr(shutil, name, ending(getattr(shutil, name)))
        yield


def after_the_next_start(layout: Layout) -> str:
    """What the next command does before it starts the server."""
    layout.create()
    Replacement(layout).go_on()
    return in_place(layout)


def test_forward_and_finished(layout: Layout, tmp_path: Path) -> None:
    replacement = Replacement(layout)
    replacement.begin(make_store(tmp_path / "import", "new"), PROOF)
    assert in_place(layout) == "old"
    replacement.go_on()
    assert in_place(layout) == "new"
    note = replacement.read()
    assert note is not None
    assert note.proof == PROOF
    replacement.finish()
    assert sorted(path.name for path in layout.root.iterdir() if path.name.startswith(("data", "repl"))) == ["data"]


def test_forward_and_back(layout: Layout, tmp_path: Path) -> None:
    replacement = Replacement(layout)
    replacement.begin(make_store(tmp_path / "import", "new"), PROOF)
    replacement.go_on()
    replacement.turn_back()
    replacement.go_on()
    assert in_place(layout) == "old"
    assert replacement.read() is None
    assert not (layout.root / "data-new").exists()


@pytest.mark.parametrize("way", ["finish", "back"])
def test_killed_before_each_step(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the note is written the old store is in place; from then on the new one, until it is turned back."""
    seen = set()
    for number in count(1):
        layout = Layout(tmp_path / f"{number}")
        layout.create()
        make_store(layout.data, "old")
        (layout.data / "databases" / "system").mkdir()
        (layout.data / "databases" / "system" / "users").write_text("one")
        store = make_store(tmp_path / f"import {number}", "new")
        replacement = Replacement(layout)
        try:
            with killed_before_step(number, monkeypatch):
                replacement.begin(store, PROOF)
                replacement.go_on()
                if way == "finish":
                    replacement.finish()
                else:
                    replacement.turn_back()
                    replacement.go_on()
        except Killed:
            note = replacement.read()
            expected = "old" if note is None or note.direction == "back" else "new"
            if note is None and not (layout.root / "data-new").exists() and (layout.data).exists():
                expected = in_place(layout)  # over, but for the removal of the other one
            assert after_the_next_start(layout) == expected, f"killed before step {number}"
            seen.add(expected)
            continue
        assert after_the_next_start(layout) == ("new" if way == "finish" else "old")
        break
    assert seen == {"old", "new"}
