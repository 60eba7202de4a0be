"""Asks a named query: parameters read, names resolved, times filled in, rows with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from neo4j.time import Date, DateTime
from pydantic import BaseModel, ConfigDict

from graph.errors import QueryError
from graph.queries.definition import NamedQuery, ValidTime
from graph.queries.expand import (
    answer_text,
    as_one_parameter,
    count_text,
    inquiries_text,
    left_out_text,
    not_public_text,
)
from graph.queries.parameters import read_parameters
from graph.queries.statements import statement
from graph.schema.dates import END_OF_TIME, days_of
from graph.schema.moments import plain_moment, read_moment
from graph.store.connection import Connection, Reader, Row

__all__ = [
    "EVIDENCE",
    "Answer",
    "Times",
    "ask",
    "ask_streaming",
    "ask_within",
    "flat_row",
    "plain",
    "plain_evidence",
    "read_parameters",
    "time_parameters",
]

LONGEST_ANSWER: Final = 100_000
EVIDENCE: Final = (
    "claim", "document", "title", "url", "locator", "page", "anchor", "said_by", "method", "review", "predicate",
    "subject", "object", "value", "version", "deprecated",
)  # fmt: skip
"""The keys of each piece of evidence, in their order."""
_END_OF_RECORD: Final = datetime(9999, 12, 31, tzinfo=UTC)


class Times(BaseModel):
    """The three times of a question; `known_at` and `recorded_at` None mean: not limited."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_at: date | None = None
    known_at: date | None = None
    recorded_at: datetime | None = None

    @classmethod
    def read(cls, valid_at: str | None, known_at: str | None, recorded_at: str | None) -> Times:
        """Times as somebody types them: days, and a day or a moment for `recorded_at` (a day means its end, UTC)."""
        return cls(
            valid_at=_read_day("valid-at", valid_at),
            known_at=_read_day("known-at", known_at),
            recorded_at=read_moment(recorded_at) if recorded_at is not None else None,
        )


class Answer(BaseModel):
    """Rows with their evidence, and everything one must know to read them."""

    model_config = ConfigDict(extra="forbid")

    query: str
    parameters: dict[str, Any]
    times: dict[str, Any]
    rows: list[Row]
    total: dict[str, Any]
    limit: int
    truncated: bool
    left_out: dict[str, Any]
    """`unchecked`, how many unchecked claims the rows would rest on; where known time is limited also
    `not_public_by_then`, how many claims that are not shown to be public by then; and `relation`: `eq`, or `gte` for at
    least."""
    loaded: dict[str, Any]
    """What the graph holds; under `inquiries`, of each inquiry that is asked about and each of its documents, how many
    recommendations are loaded and how many it makes, as documents say."""

    def flat_rows(self) -> Iterator[Row]:
        """The rows with the ids of the claims as their evidence, for a table without nesting."""
        return map(flat_row, self.rows)


def ask(
    connection: Connection,
    query: NamedQuery,
    given: Mapping[str, Any],
    *,
    times: Times = Times(),  # noqa: B008  # frozen
    include_unchecked: bool = False,
    limit: int = 100,
    skip: int = 0,
    timeout: float | None = None,
    today: date | None = None,
) -> Answer:
    """The answer of a named query; all its parts are read in one transaction.

    Raises QueryError for parameters that are unknown, missing or of another type, and AmbiguousName where a name fits
    several entities or none.
    """
    asked = _Asked(query, given, times, include_unchecked, limit, skip, today)
    return connection.read_together(asked.answer, timeout=timeout)


def ask_within(
    reader: Reader,
    query: NamedQuery,
    given: Mapping[str, Any],
    *,
    times: Times = Times(),  # noqa: B008  # frozen
    include_unchecked: bool = False,
    limit: int = 100,
    today: date | None = None,
) -> Answer:
    """The answer of a named query, beside others of one transaction. Raises as `ask` does."""
    return _Asked(query, given, times, include_unchecked, limit, 0, today).answer(reader)


@contextmanager
def ask_streaming(
    connection: Connection,
    query: NamedQuery,
    given: Mapping[str, Any],
    *,
    times: Times = Times(),  # noqa: B008  # frozen
    include_unchecked: bool = False,
    limit: int = 100,
    skip: int = 0,
    timeout: float | None = None,
    today: date | None = None,
) -> Iterator[tuple[Answer, Iterator[Row]]]:
    """The answer without its rows, and these one by one, so that memory does not grow with them.

    Rows are counted first. A load that ends meanwhile would be seen, so `recorded_at` is to be given; nothing is tried
    again. Raises as `ask` does.
    """
    asked = _Asked(query, given, times, include_unchecked, limit, skip, today)
    with connection.reading(timeout=timeout) as reader:
        question = asked.read(reader)
        total = question.count(reader)
        head = question.answer(reader, [], total=total, shown=min(limit, max(0, total - skip)))
        yield head, (_plain_row(row) for row in reader.stream(*as_one_parameter(answer_text(query), question.bound)))


@dataclass(frozen=True)
class _Asked:
    """A question as it is given."""

    query: NamedQuery
    given: Mapping[str, Any]
    times: Times
    include_unchecked: bool
    limit: int
    skip: int
    today: date | None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LONGEST_ANSWER:
            raise QueryError(f"the limit is from 1 to {LONGEST_ANSWER:,}, not {self.limit}")

    def answer(self, reader: Reader) -> Answer:
        """One page of the answer."""
        question = self.read(reader)
        rows = [_plain_row(row) for row in reader.read(*as_one_parameter(answer_text(self.query), question.bound))]
        total = self.skip + len(rows)
        if len(rows) == self.limit or (self.skip and not rows):
            total = question.count(reader)
        return question.answer(reader, rows, total=total, shown=len(rows))

    def read(self, reader: Reader) -> _Question:
        """The question with ids for names and all its times filled in."""
        day = self.times.valid_at or self.today or datetime.now(UTC).date()
        # One question to the server for both: most parameters are ids.
        loaded = reader.read(statement("loaded"), {"ids": [str(value) for value in self.given.values()]})[0]
        there = {row["id"]: row for row in loaded.pop("there")}
        parameters = read_parameters(reader, self.query, self.given, on=day, there=there)
        bound = {
            **parameters,
            **time_parameters(self.times),
            "valid_at": day,
            "include_unchecked": self.include_unchecked,
            "limit": self.limit,
            "skip": self.skip,
        }
        return _Question(self, day, parameters, bound, loaded)


@dataclass(frozen=True)
class _Question:
    """A question that was read, and what is loaded."""

    asked: _Asked
    day: date
    parameters: Mapping[str, Any]
    bound: Mapping[str, Any]
    loaded: dict[str, Any]

    def count(self, reader: Reader) -> int:
        """How many rows there are in all."""
        total: int = reader.read(*as_one_parameter(count_text(self.asked.query), self.bound))[0]["total"]
        return total

    def answer(self, reader: Reader, rows: list[Row], *, total: int, shown: int) -> Answer:
        """The answer, of whose rows `shown` are given here or elsewhere."""
        query, times = self.asked.query, self.asked.times
        is_long = query.page is not None and total > self.asked.limit
        loaded = dict(self.loaded)
        left_out = {"unchecked": 0}
        if loaded.pop("has_unchecked") and not self.asked.include_unchecked:
            text = left_out_text(query, is_long=is_long)
            left_out["unchecked"] = reader.read(*as_one_parameter(text, {**self.bound, "include_unchecked": True}))[0][
                "unchecked"
            ]
        if times.known_at is not None:
            text = not_public_text(query, is_long=is_long)
            unlimited = {**self.bound, "known_at": END_OF_TIME, "public_by": times.known_at}
            left_out["not_public_by_then"] = reader.read(*as_one_parameter(text, unlimited))[0]["not_public"]
        if inquiries := _inquiries(query, self.parameters):
            loaded["inquiries"] = reader.read(
                *as_one_parameter(inquiries_text(), {**self.bound, "inquiries": inquiries})
            )
        return Answer(
            query=query.name,
            parameters={name: plain(value) for name, value in self.parameters.items()},
            times={
                "valid_at": self.day.isoformat() if query.valid_time is ValidTime.PARAMETER else None,
                "known_at": times.known_at.isoformat() if times.known_at else None,
                "recorded_at": plain_moment(times.recorded_at.isoformat()) if times.recorded_at else None,
            },
            rows=rows,
            total={"value": total, "relation": "eq"},
            limit=self.asked.limit,
            truncated=total > self.asked.skip + shown,
            left_out={**left_out, "relation": "gte" if is_long else "eq"},
            loaded=loaded,
        )


def _inquiries(query: NamedQuery, parameters: Mapping[str, Any]) -> list[str]:
    """The inquiries among the parameters."""
    asked = {parameters[parameter.name] for parameter in query.parameters if parameter.is_entity}
    return sorted(entity for entity in asked if entity is not None and entity.startswith("inquiry:"))


def time_parameters(times: Times) -> dict[str, Any]:
    """The times at which claims are tested, where nothing is limited by the ends of time."""
    recorded_at = _end_of_microsecond(times.recorded_at) if times.recorded_at else _END_OF_RECORD
    return {"known_at": times.known_at or END_OF_TIME, "recorded_at": recorded_at}


def _end_of_microsecond(moment: datetime) -> DateTime:
    """Claims are recorded to the microsecond. Neo4j tells equal moments apart where their zones are written otherwise
    (Z, Z[UTC]), so a question about the moment of a load asks about the end of that microsecond.
    """
    whole = DateTime.from_native(moment.astimezone(UTC))
    return whole.replace(nanosecond=whole.nanosecond + 999)


def flat_row(row: Row) -> Row:
    """A row with the ids of the claims as its evidence."""
    return {**row, "evidence": [item["claim"] for item in row["evidence"]]}


def plain_evidence(item: Mapping[str, Any]) -> dict[str, Any]:
    """One piece of evidence with its keys in their order; maps of Neo4j have none."""
    return {key: item[key] for key in EVIDENCE}


def _read_day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    first, last = days_of(text)
    if first != last:
        raise QueryError(f"--{name} takes a day, not {text}", hint="write YYYY-MM-DD")
    return first


def _plain_row(row: Row) -> Row:
    cells = {name: plain(value) for name, value in row.items() if name != "evidence"}
    return {**cells, "evidence": [plain_evidence(plain(item)) for item in row["evidence"]]}


def plain(value: Any) -> Any:
    """Values of the driver as JSON has them; dates and moments as text, an absent part of the evidence as null."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, Date | DateTime):
        return plain_moment(value.iso_format())
    if isinstance(value, date | datetime):
        return plain_moment(value.isoformat())
    return plain_moment(value) if isinstance(value, str) else value
