"""The file of a backup: gzip NDJSON. Its first line says what it is, its last how many lines of each sort it holds.

Every line is looked at before anything is restored, so that a file that is odd in any way is an error that names the
line, and nothing is written.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from neo4j.time import Date, DateTime
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.errors import InputError, InquiryError
from graph.exports.judgements import check_judgements
from graph.schema import SCHEMA
from graph.store.connection import Row
from graph.store.contents import Sort

__all__ = ["BackedUp", "check_backup", "read_backup", "write_backup"]

BackedUp = Sort | Literal["judgements"]
"""What a line holds: a part of the graph, or a file of judgements."""

FORMAT: Final = "inquiry-graph backup 1"
_HINT: Final = "take another copy of it"


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str


class _Node(_Line):
    properties: dict[str, Any]


class _Version(_Line):
    document: str
    published: str | None
    retrieved_at: str | None
    sha256: str | None


class _Citation(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    document: str
    properties: dict[str, Any]


class _Claim(_Node):
    citations: list[_Citation]
    said_by: str | None

    def entities(self) -> Iterator[str]:
        yield self.properties["subject"]
        if "object" in self.properties:
            yield self.properties["object"]
        if self.said_by is not None:
            yield self.said_by
        for citation in self.citations:
            yield citation.document


class _Correction(_Line):
    corrects: str


class _Judgements(_Line):
    id: str = Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}\.yaml$")
    text: str


_FORMS: Final[dict[str, TypeAdapter[_Line]]] = {
    "load": TypeAdapter(_Node),
    "version": TypeAdapter(_Version),
    "claim": TypeAdapter(_Claim),
    # A tombstone keeps the form of a claim, without what it said.
    "tombstone": TypeAdapter(_Claim),
    "correction": TypeAdapter(_Correction),
    "judgements": TypeAdapter(_Judgements),
}


def write_backup(path: Path, rows: Iterable[tuple[BackedUp, Row]]) -> dict[str, int]:
    """Writes the whole file and gives the number of lines of each sort; raises OSError where it cannot."""
    counts: Counter[str] = Counter()
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        file.write(json.dumps({"format": FORMAT}) + "\n")
        for sort, row in rows:
            file.write(json.dumps({sort: row}, ensure_ascii=False, sort_keys=True, default=_as_json) + "\n")
            counts[sort] += 1
        file.write(json.dumps({"end": dict(counts)}) + "\n")
    return dict(counts)


def read_backup(path: Path) -> Iterator[tuple[BackedUp, Row]]:
    """The rows of a file that has been checked."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            (sort, row), *_ = json.loads(line, object_hook=_from_json).items()
            if sort not in {"format", "end"}:
                yield sort, row


def check_backup(path: Path, judgements: Path | None = None) -> None:
    """Raises InputError where the file is no backup, or not a whole one. Needs no database.

    Also where the folder `judgements` has a file that the backup has with another text.
    """
    counts: Counter[str] = Counter()
    end: object = None
    number = 0
    try:
        for sort, row in _checked_lines(path):
            number += 1
            if sort == "judgements" and judgements is not None:
                check_judgements(row, judgements)
            if sort == "end":
                end = row
            elif sort != "format":
                counts[sort] += 1
    except InputError as error:
        error.where = _place(path, number)
        raise
    except (OSError, EOFError, ValueError, zlib.error, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error or type(error).__name__
        raise InputError(f"the backup cannot be read: {reason}", where=_place(path, number), hint=_HINT) from error
    if end != dict(counts):
        raise InputError("the backup is not whole: its end is missing", where=str(path), hint=_HINT)


def _place(path: Path, read: int) -> str:
    """The line after those that were read; of the first line the file alone."""
    return f"{path}:{read + 1}" if read else str(path)


def _checked_lines(path: Path) -> Iterator[tuple[str, Any]]:
    has_ended = False
    with gzip.open(path, "rt", encoding="utf-8") as file:
        if json.loads(next(file, "null")) != {"format": FORMAT}:
            raise InputError("this is not a backup of Inquiry Graph")
        yield "format", FORMAT
        for line in file:
            if has_ended:
                raise InputError("something stands after the end of the backup", hint=_HINT)
            sort, row = _check_line(json.loads(line, object_hook=_from_json))
            has_ended = sort == "end"
            yield sort, row


def _check_line(line: object) -> tuple[str, Any]:
    """The sort of a line and what it holds; raises InputError for any other form than `back_up` gives it."""
    if not isinstance(line, dict) or len(line) != 1:
        raise InputError("this is not a line of a backup", hint=_HINT)
    ((sort, row),) = line.items()
    if sort == "end":
        return sort, row
    form = _FORMS.get(sort)
    if form is None:
        raise InputError(f"a backup holds no `{sort}`", hint="it may be of a later version of Inquiry Graph")
    try:
        read = form.validate_python(row)
        if isinstance(read, _Claim) and sort == "claim":
            for entity in read.entities():
                SCHEMA.kind_of(entity)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "it"
        raise InputError(f"a {sort} is not as a backup has it: {name}: {first['msg']}", hint=_HINT) from error
    except (KeyError, AttributeError, TypeError, InquiryError) as error:
        raise InputError(f"a {sort} is not as a backup has it: {error}", hint=_HINT) from error
    return sort, row


def _as_json(value: Any) -> Any:
    if isinstance(value, DateTime | datetime):
        return {"$moment": value.iso_format() if isinstance(value, DateTime) else value.isoformat()}
    if isinstance(value, Date | date):
        return {"$day": value.iso_format() if isinstance(value, Date) else value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _from_json(value: dict[str, Any]) -> Any:
    try:
        if "$day" in value:
            return Date.from_iso_format(value["$day"])
        if "$moment" in value:
            return DateTime.from_iso_format(value["$moment"])
    except (TypeError, AttributeError) as error:
        raise ValueError(f"{value} is no time") from error
    return value
