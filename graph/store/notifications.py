"""What Neo4j has to say of a query beside its rows: what is deprecated, unknown to the graph, or slow."""

from __future__ import annotations

from typing import Final

import neo4j
from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Notification", "read_notifications"]

_LENGTH_OF_WORD: Final = len("EXPLAIN\n")
_SEVERITIES: Final = ("warn: ", "info: ")


class Notification(BaseModel):
    """A notification of Neo4j; `line` and `column` are those of the text, where it names a place."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(description="GQL status code.", examples=["03N90"])
    severity: str = Field(description="WARNING or INFORMATION.", examples=["INFORMATION"])
    category: str = Field(description="DEPRECATION, PERFORMANCE, UNRECOGNIZED …", examples=["PERFORMANCE"])
    description: str = Field(description="What it says.", examples=["cartesian product. The disconnected pattern …"])
    line: int | None = Field(None, description="The line of the place, from 1.", examples=[1])
    column: int | None = Field(None, description="The column of the place, from 1.", examples=[7])
    offset: int | None = Field(None, description="Characters before the place.", examples=[6])


def read_notifications(summary: neo4j.ResultSummary, *, lines_before: int) -> list[Notification]:
    """The notifications of a query, in the order of their places and then of their codes.

    With `lines_before` 1 there stood EXPLAIN or PROFILE on a line of its own before the text.
    """
    found = [
        _notification(status, lines_before)
        for status in summary.gql_status_objects
        if status.raw_classification is not None
    ]
    return sorted(found, key=lambda item: (item.offset or 0, item.code, item.description))


def _notification(status: neo4j.GqlStatusObject, lines_before: int) -> Notification:
    description = status.status_description
    for severity in _SEVERITIES:
        description = description.removeprefix(severity)
    told = Notification(
        code=status.gql_status,
        severity=status.raw_severity or "",
        category=status.raw_classification or "",
        description=description,
    )
    place = status.position
    if place is None:
        return told
    # What is said of the whole query has the place of its first word, which is ours.
    return told.model_copy(
        update={
            "line": max(1, place.line - lines_before),
            "column": place.column,
            "offset": max(0, place.offset - lines_before * _LENGTH_OF_WORD),
        }
    )
