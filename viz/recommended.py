"""What was recommended to a body: by whom, with which answers, and what came of it, as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from graph.store.connection import Row
from viz.asker import Asker
from viz.tables import Column, Part, Table

__all__ = ["numbered", "recommended_to"]

_TOLD: Final = "body-recommendations"
_LISTED: Final = "recommendations"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_HOW: Final = {
    "by_name": "by name",
    "by_office": "through an office",
    "as_member": "as one of a class",
    "document": "in a set of which no item was seen",
    "addressee": "as an addressee; no recommendation",
}
_JUDGED: Final = frozenset({"ASSESSES", "ASSESSED_BY", "REPEATS", "stage"})
_MOST: Final = 50
_NONE: Final[list[Part]] = [{"text": "nothing in the loaded documents", "href": None}]


def recommended_to(asker: Asker, body: str, *, limit: int = _MOST) -> Table:
    """What a body was told: by whom, with which answers, what came of it, and who was in charge then."""
    answer = asker.ask(_TOLD, {"body": body}, limit=limit)
    fates = _fates(asker, body, answer.rows)
    for row in answer.rows:
        row["fate"] = fates.get(row["item"])
        row["evidence"] = row["evidence"] + _evidence_of_fate(row["fate"])
    item, document = asker.column(_TOLD, "item", "what"), asker.column(_TOLD, "document")
    own = asker.column(_TOLD, "answers_of_target")
    columns = [
        Column("what", item.meaning, lambda row: numbered(row, item.parts(row))),
        Column("made by", "the inquiries, the document and its date", lambda row: _made_by(asker, row, document)),
        Column("how it was told", "by name, through an office or a class, and in which role", _how),
        Column("its answers", own.meaning, lambda row: own.parts(row) or _NONE),
        asker.column(_TOLD, "answers_of_others", "answers of others"),
        Column(
            "what came of it",
            "stages to which assessors' words are mapped, and what repeats it",
            lambda row: _fate(row) or _NONE,
        ),
        Column("in charge then", "who held its offices on that day", lambda row: [_in_charge(body, row)]),
    ]
    return asker.shown(_TOLD, {"body": body}, answer, "What was recommended to it", columns)


def _fates(asker: Asker, body: str, rows: list[Row]) -> dict[str, Row]:
    """What the list of recommendations says of them, by recommendation."""
    if not any(str(row["item"]).startswith("recommendation:") for row in rows):
        return {}
    listed = asker.ask(_LISTED, {"target": body}, limit=_MOST)
    return {row["recommendation"]: row for row in listed.rows}


def _evidence_of_fate(fate: Row | None) -> list[dict[str, Any]]:
    return [] if fate is None else [claim for claim in fate["evidence"] if claim["predicate"] in _JUDGED]


def numbered(row: Row, parts: list[Part]) -> list[Part]:
    """What a row is about, after its number as printed."""
    number: list[Part] = [{"text": f"No. {row['number']}", "href": None}] if row["number"] else []
    return [*number, *parts]


def _made_by(asker: Asker, row: Row, document: Column) -> list[Part]:
    date: list[Part] = [{"text": str(row["date"]), "href": None}] if row["date"] else []
    inquiries = asker.column(_TOLD, "inquiry").parts(row)
    named = {part["text"] for part in inquiries}
    report: list[Part] = [
        {**one, "text": "its report" if one["text"] in named else one["text"]} for one in document.parts(row)
    ]
    return [*inquiries, *report, *date]


def _how(row: Row) -> list[Part]:
    words = [_HOW[row["how"]], *(str(role).replace("_", " ") for role in row["role"] or [])]
    words += [f"in the class then: {row['membership']}"] if row["membership"] else []
    through: list[Part] = (
        [{"text": row["through_name"] or row["through"], "href": f"/entities/{quote(row['through'], safe='')}"}]
        if row["through"]
        else []
    )
    rest: list[Part] = [{"text": word, "href": None} for word in words[1:]]
    return [{"text": words[0], "href": None}, *through, *rest]


def _fate(row: Row) -> list[Part]:
    fate: Mapping[str, Any] | None = row["fate"]
    if fate is None:
        return []
    stages: list[Part] = [{"text": str(stage).replace("_", " "), "href": None} for stage in fate["stages"]]
    return stages + [
        _again(one, name) for one, name in zip(fate["repeated_by"], fate["repeated_by_names"], strict=True)
    ]


def _again(recommendation: str, name: str | None) -> Part:
    address = f"/entities/{quote(recommendation, safe='')}"
    return {"text": f"said again: {name or recommendation}", "href": address}


def _in_charge(body: str, row: Row) -> Part:
    if row["date"] and _DAY.fullmatch(row["date"]):
        return {"text": "who was", "href": f"/in-charge?body={quote(body, safe='')}&on={row['date']}"}
    return {"text": "who was", "href": f"/in-charge?about={quote(row['item'], safe='')}"}
