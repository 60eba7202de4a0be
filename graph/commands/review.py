"""`inquiry review`: pairs of entities that may be one, judged one after the other, and what `load` says of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer
from rich.console import Console

from graph.commands.context import AsJson, connected, errors, read_settings, screen
from graph.commands.output import print_json, print_rows
from graph.errors import FactFileError, InputError
from graph.loaders.catalogue import SourceCatalogue
from graph.loaders.judgements import Judged, PairJudgement, Verdict, read_judgements, scheme_of
from graph.loaders.judgements.own import Answer, add_judgement
from graph.loaders.judgements.proposals import Origins, Proposal, Side, proposals, read_proposals, write_proposals
from graph.loaders.registry import FIND_BODIES
from graph.schema import SCHEMA
from graph.schema.model import did_you_mean
from graph.settings import Settings
from graph.store.connection import Connection

__all__ = ["propose", "proposed_before", "review", "show_proposed"]

_VERDICTS: Final = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "n": Verdict.NOT_SURE}
_QUESTION: Final = "[s]ame, [d]ifferent, [n]ot sure, s[k]ip, [q]uit? "


def review(
    *,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Of one kind only, such as body.")] = None,
    least: Annotated[int, typer.Option("--least", help="Leave out pairs less alike than this (0 to 100).")] = 0,
    who: Annotated[str | None, typer.Option("--who", help="Who judges; kept with each judgement.")] = None,
    as_list: Annotated[bool, typer.Option("--list", help="List the pairs, and ask nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Judge pairs of entities that may be one; nothing is merged until the next load."""
    settings = read_settings()
    folder = settings.judgements_folder
    judged = read_judgements(folder)
    wanted = _prefix(kind)
    with connected(settings) as connection:
        everything = propose(connection, settings, judged)
    found = [
        pair for pair in everything if pair.score >= least and (wanted is None or pair.one.id.startswith(f"{wanted}:"))
    ]
    if as_json:
        print_json([proposal.model_dump() for proposal in found])
    elif as_list:
        _list(found)
    elif not found:
        screen().print("There is nothing to judge.")
    else:
        walk = _Walk(errors(), folder, judged, who or _ask_who()).go(found)
        write_proposals(_file(settings), walk.left(everything))
        _tell(walk)


def propose(connection: Connection, settings: Settings, judged: Judged) -> list[Proposal]:
    """The pairs to be judged; they are kept in a file, too."""
    catalogue = list(SourceCatalogue())
    origins = Origins(
        tuple(source.name for source in catalogue),
        frozenset(source.name for source in catalogue if source.loader in FIND_BODIES),
    )
    found = proposals(connection, judged, origins)
    write_proposals(_file(settings), found)
    return found


def proposed_before(settings: Settings) -> int:
    """How many pairs were to be judged when that was last worked out."""
    return len(read_proposals(_file(settings)))


def show_proposed(count: int, settings: Settings) -> None:
    """What `load` says of them in the end."""
    if count:
        pairs = "pair of entities is" if count == 1 else "pairs of entities are"
        how = f"`inquiry review` walks through them, {_file(settings)} lists them"
        screen().print(f"{count:,} {pairs} proposed for review: {how}.", soft_wrap=True)


def _file(settings: Settings) -> Path:
    return settings.data_dir / "proposals.ndjson"


def _prefix(kind: str | None) -> str | None:
    if kind is None:
        return None
    known = list(SCHEMA.by_prefix)
    if kind.casefold() not in known:
        raise InputError(
            f"there is no kind `{kind}`",
            where="--kind",
            hint=did_you_mean(kind.casefold(), known) or f"the kinds are {', '.join(known)}",
        )
    return kind.casefold()


def _list(found: list[Proposal]) -> None:
    rows = [
        {"score": p.score, "one": f"{p.one.name} ({p.one.id})", "other": f"{p.other.name} ({p.other.id})",
         "reasons": "; ".join(p.reasons)}
        for p in found
    ]  # fmt: skip
    print_rows(screen(), rows, [(name, name) for name in ("score", "one", "other", "reasons")])


class _Reply(NamedTuple):
    word: str
    is_end: bool = False


def _read(console: Console, prompt: str) -> _Reply:
    """A line of the user's, who may be a pipe; the end of the input ends the review."""
    console.print(prompt, end="", markup=False, soft_wrap=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        console.print(line.rstrip("\n"), markup=False, soft_wrap=True)
    return _Reply(line.strip(), is_end=not line)


def _ask_who() -> str:
    reply = _read(errors(), "Who judges? (kept with each judgement) ")
    if not reply.word:
        raise InputError("a judgement needs somebody who made it", where="--who", hint="give a name or initials")
    return reply.word


class _Walk:
    """One walk through pairs; what was judged is written at once."""

    def __init__(self, console: Console, folder: Path, judged: Judged, who: str) -> None:
        self._console = console
        self._folder = folder
        self._judged = judged
        self._who = who
        self.answers: list[Answer] = []

    def go(self, found: list[Proposal]) -> _Walk:
        """Asks about each pair until the end or `q`."""
        for number, proposal in enumerate(found, start=1):
            if proposal.pair in self._judged.decided:
                continue  # follows from what was judged on the way
            self._show(number, len(found), proposal)
            if not self._ask(proposal):
                break
        return self

    def left(self, found: Iterable[Proposal]) -> list[Proposal]:
        """Those of which nothing has been judged."""
        decided = self._judged.decided
        return [proposal for proposal in found if proposal.pair not in decided]

    @property
    def folder(self) -> Path:
        """Where the judgements are."""
        return self._folder

    def _show(self, number: int, total: int, proposal: Proposal) -> None:
        head = f"\n{number} of {total}, {proposal.score} of 100: {'; '.join(proposal.reasons)}"
        self._console.print(head, markup=False, soft_wrap=True, style="bold")
        for side in (proposal.one, proposal.other):
            for line in _lines(side):
                self._console.print(line, markup=False, soft_wrap=True)

    def _ask(self, proposal: Proposal) -> bool:
        """Whether to go on."""
        while True:
            reply = _read(self._console, _QUESTION)
            word = reply.word.casefold()[:1]
            if reply.is_end or word == "q":
                return False
            if word == "k":
                return True
            verdict = _VERDICTS.get(word)
            if verdict is None:
                self._console.print("Type one of the letters in brackets.")
                continue
            why = _read(self._console, "Why? ")
            if not why.word:
                self._console.print("A judgement needs a reason; nothing is kept.")
                if why.is_end:
                    return False
                continue
            pair = (proposal.one.id, proposal.other.id)
            answer = Answer(pair, verdict, self._who, datetime.now(UTC).date().isoformat(), why.word)
            if self._keep(answer):
                return True

    def _keep(self, answer: Answer) -> bool:
        """Writes a judgement unless it contradicts others; gives whether it is kept."""
        one, other = answer.pair
        judgement = PairJudgement(one, other, answer.verdict, answer.who, answer.when, answer.why, "this answer")
        try:
            self._judged = self._judged.with_pair(judgement)
        except FactFileError as error:
            for problem in error.problems:
                self._console.print(f"{problem.message}; nothing is kept.", markup=False, soft_wrap=True)
            return False
        add_judgement(self._folder, answer)
        self.answers.append(answer)
        return True


def _lines(side: Side) -> Iterator[str]:
    dates = f", {side.since or '?'} to {side.until or '?'}" if side.since or side.until else ", no dates"
    of = f" of {', '.join(side.of)}" if side.of else ""
    kinds = f" [{', '.join(side.kinds)}]" if side.kinds else ""
    yield f"   {side.name}{of}{kinds}{dates}"
    if side.other_names:
        yield f"      also {'; '.join(side.other_names[:6])}"
    yield f"      {side.id}, from {', '.join(side.sources) or 'nowhere'}"


def _tell(walk: _Walk) -> None:
    """What was judged, and what has to be loaded for it to count."""
    if not walk.answers:
        screen().print("Nothing was judged.")
        return
    count = f"{len(walk.answers)} judgement{'s are' if len(walk.answers) > 1 else ' is'}"
    screen().print(f"{count} added to {walk.folder / 'review.yaml'}.", soft_wrap=True)
    same = [answer for answer in walk.answers if answer.verdict is Verdict.SAME]
    if same:
        sources = _to_load(same)
        how = f"`inquiry load {' '.join(sources)}`" if sources else "the next load of their files"
        screen().print(f"Nothing is merged yet: {how} does it.", soft_wrap=True)


def _to_load(answers: Iterable[Answer]) -> list[str]:
    """The sources whose records lead to other entities now."""
    schemes = {scheme_of(entity) for answer in answers for entity in answer.pair}
    return [source.name for source in SourceCatalogue() if schemes & set(source.schemes)]
