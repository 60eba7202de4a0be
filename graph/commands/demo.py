"""`inquiry demo`: the main job on the seeds, from starting Neo4j to five answers with their evidence."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from rich.markup import escape

from graph.commands.answers import print_beginning
from graph.commands.context import connected, errors, read_catalogue, read_settings, screen
from graph.commands.load import seed_requests, write_requests
from graph.loaders.judgements import read_judgements
from graph.queries import Times, ask
from graph.store.statements import statement

__all__ = ["demo"]


class _Question(NamedTuple):
    words: str
    query: str
    parameters: dict[str, str]
    valid_at: date | None = None


QUESTIONS: Final = (
    _Question(
        "Whom does each recommendation of the 2025 national audit target?",
        "recommendation-targets",
        {"inquiry": "inquiry:casey-audit-2025"},
    ),
    _Question(
        "What has become of its second recommendation?",
        "recommendation-trail",
        {"recommendation": "recommendation:casey-audit-2025-2"},
    ),
    _Question("Which decisions were reversed?", "decision-reversals", {}),
    _Question(
        "Who was Home Secretary when the report on Rotherham came out, on 26 August 2014?",
        "office-holders",
        {"office": "office:home-secretary"},
        date(2014, 8, 26),
    ),
    _Question("What do the documents disagree on?", "disputed-claims", {}),
)
_LINES: Final = 12
"""Of the table of an answer: with its evidence, all five then fit on some 120 lines."""
_EVIDENCE: Final = 4


def demo() -> None:
    """Load the seeds and show how five questions are answered, each with its evidence."""
    settings = read_settings()
    console = screen()
    catalogue = read_catalogue(settings)
    judged = read_judgements(settings.judgements_folder)
    with connected(settings) as connection:
        # The seeds that are shipped are meant as they are, however many claims an earlier edition made.
        reports = write_requests(connection, settings, seed_requests(judged=judged), accept_shrinkage=True)
        loaded = connection.read(statement("count_loaded"))[0]
        new = sum(report.new for report in reports)
        console.print(
            f"Loaded: {loaded['claims']:,} claims of {loaded['documents']:,} documents about "
            f"{loaded['entities']:,} entities ({new:,} claims are new)."
        )
        for number, question in enumerate(QUESTIONS, start=1):
            query = catalogue[question.query]
            console.print(f"\n[bold]{number}. {escape(question.words)}[/]")
            console.print(f"   {escape(_as_typed(question))}\n", style="dim", soft_wrap=True)
            times = Times(valid_at=question.valid_at)
            answer = ask(connection, query, question.parameters, times=times)
            print_beginning(query, answer, most_lines=_LINES, most_evidence=_EVIDENCE, typed=_as_typed(question))
    errors().print(
        "\nWhat to type next (first `source .venv/bin/activate`, or put .venv/bin/ before it):\n"
        "  inquiry serve                                 shows all of it at http://127.0.0.1:8765/\n"
        "  inquiry ask                                   lists the questions\n"
        '  inquiry ask body-recommendations --body "Rotherham Council"\n'
        '  inquiry search "grooming"                     finds entities\n'
        "  inquiry show inquiry:iicsa                    shows all that is said of one\n"
        "  inquiry browser                               opens Neo4j Browser\n"
        "  inquiry down                                  stops Neo4j",
        markup=False,
    )


def _as_typed(question: _Question) -> str:
    words = ["inquiry ask", question.query]
    words += [f"--{name.replace('_', '-')} {value}" for name, value in question.parameters.items()]
    if question.valid_at is not None:
        words.append(f"--valid-at {question.valid_at}")
    return " ".join(words)
