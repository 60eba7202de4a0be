"""A user's own file of judgements, to which a review adds one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import yaml

from graph.errors import InputError
from graph.loaders.judgements.files import Verdict

__all__ = ["FILE", "Answer", "add_judgement"]

FILE: Final = "review.yaml"
_HEADER: Final = """\
# What was judged with `inquiry review`; the how-to page on identity says how such a file is written and shared.
judgements:
"""


class Answer(NamedTuple):
    """What somebody judged of a pair; of two that are one the first is kept."""

    pair: tuple[str, str]
    verdict: Verdict
    who: str
    when: str
    why: str


def add_judgement(folder: Path, answer: Answer) -> Path:
    """Adds a judgement to the end of the file of reviews in `folder`; gives its path.

    Raises InputError where the file cannot be written.
    """
    path = folder / FILE
    entry = {
        "pair": list(answer.pair),
        "verdict": answer.verdict.value,
        "who": answer.who,
        "when": answer.when,
        "why": answer.why,
    }
    text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, default_flow_style=None, width=1_000)
    lines = "".join(f"  {line}\n" for line in text.splitlines())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.is_file() else _HEADER
        aside = path.with_name(f".{path.name}.new")  # so that a full disk costs this answer, and not those before it
        aside.write_text(f"{before.rstrip()}\n{lines}", encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise InputError(f"the judgement cannot be kept: {error.strerror}", where=str(path)) from error
    return path
