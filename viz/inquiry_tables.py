"""The recommendations of an inquiry as one table: to whom, which answers, what was done, what assessors say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graph.queries.show import read_lines_of
from graph.store.connection import Row
from viz.asker import Asker
from viz.recommended import numbered
from viz.tables import Column, Part, Table, part_of

__all__ = ["recommended_by"]

_LISTED: Final = "recommendations"
_JUDGED: Final = "recommendation-assessments"
_MOST: Final = 50
_JUDGEMENTS: Final = 200
_OF_RECOMMENDATIONS: Final = ("RESPONDS_TO", "SERVES", "REPEATS")
_NONE: Final[list[Part]] = [{"text": "none in the loaded documents", "href": None}]


def recommended_by(asker: Asker, inquiry: str) -> list[Table]:
    """The recommendations, and what assessors say of them and of the reports as wholes."""
    given = {"inquiry": inquiry}
    listed, judged = asker.ask(_LISTED, given, limit=_MOST), asker.ask(_JUDGED, given, limit=_JUDGEMENTS)
    _add_lines(asker, listed.rows)
    for row in listed.rows:
        row["judged"] = [one for one in judged.rows if one["assessed"] == row["recommendation"]]
        row["evidence"] = [*row["evidence"], *_evidence_of([*row["lines"], *row["judged"]])]
    item = asker.column(_LISTED, "recommendation")
    columns = [
        Column("recommendation", item.meaning, lambda row: numbered(row, item.parts(row))),
        asker.column(_LISTED, "targets", "target"),
        Column("responses", "answers to it, and positions of answers to a whole set", _responses),
        Column(
            "actions", "what was planned, begun or done for it or for an answer to it", lambda row: _said(row, _ACTION)
        ),
        Column("what assessors say", "who judged it, and how", _judgements),
        Column("repeats", "earlier recommendations that it repeats", lambda row: _said(row, _EARLIER)),
        Column("repeated in", "later recommendations that repeat it", lambda row: _said(row, _LATER)),
    ]
    return [
        asker.shown(_LISTED, given, listed, "What it recommended", columns),
        asker.shown(_JUDGED, given, judged, "Who said what has become of it"),
    ]


_Way = tuple[str, bool]
_ANSWER: Final[_Way] = ("RESPONDS_TO", False)
_ACTION: Final[_Way] = ("SERVES", False)
_EARLIER: Final[_Way] = ("REPEATS", True)
_LATER: Final[_Way] = ("REPEATS", False)
"""Relationships, and whether they lead from the recommendation."""


def _add_lines(asker: Asker, rows: Sequence[Row]) -> None:
    """What is said of each recommendation, and which actions serve the answers to it."""
    told = _lines(asker, [row["recommendation"] for row in rows], _OF_RECOMMENDATIONS)
    answers = {line["other"] for lines in told.values() for line in lines if line["predicate"] == "RESPONDS_TO"}
    served = _lines(asker, sorted(answers), ("SERVES",))
    for row in rows:
        own = told[row["recommendation"]]
        through = [line["other"] for line in own if line["predicate"] == "RESPONDS_TO"]
        row["lines"] = [*own, *(line for one in dict.fromkeys(through) for line in served[one] if _leads_to(line))]


def _lines(asker: Asker, entities: Sequence[str], predicates: Sequence[str]) -> Mapping[str, list[Row]]:
    if not entities:
        return {}
    return read_lines_of(asker.reader, entities, predicates, asker.times, include_unchecked=asker.include_unchecked)


def _leads_to(line: Row) -> bool:
    """Whether the line is an action that serves the entity, not what the entity serves."""
    return bool(line["is_backward"])


def _said(row: Row, way: _Way) -> list[Part]:
    """The other ends of lines of one way, each with what is said of it."""
    predicate, is_forward = way
    found: dict[str, list[str]] = {}
    names: dict[str, str | None] = {}
    for line in row["lines"]:
        if line["predicate"] == predicate and line["is_backward"] != is_forward:
            names[line["other"]] = line["other_name"]
            found.setdefault(line["other"], []).append(str(line["more"]).replace("_", " "))
    return [_with_words(part_of(other, names[other]), words) for other, words in found.items()]


def _with_words(part: Part, words: Sequence[str]) -> Part:
    told = " / ".join(dict.fromkeys(filter(None, words)))
    return {**part, "text": f"{part['text']} ({told})"} if told else part


def _responses(row: Row) -> list[Part]:
    own = _said(row, _ANSWER)
    if len(own) >= row["answers"]:
        return own or _NONE
    # Who gave them stands on the page of the recommendation, with the documents.
    told = f"{row['answers'] - len(own)} to the whole set"
    return [*own, {**part_of(row["recommendation"], told), "text": told}]


def _judgements(row: Row) -> list[Part]:
    return [_judgement(one) for one in row["judged"]]


def _judgement(row: Row) -> Part:
    assessors = ", ".join(filter(None, row["assessor_names"])) or row["assessment_name"] or row["assessment"]
    stage = str(row["stage"]).replace("_", " ") if row["stage"] else None
    told = "; ".join(filter(None, [row["date"], row["words"], stage]))
    return {**part_of(row["assessment"], assessors), "text": f"{assessors}: {told}" if told else assessors}


def _evidence_of(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [claim for row in rows for claim in row["evidence"]]
