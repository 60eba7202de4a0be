"""The tree of errors; each says what was wrong, where, and what to do.

InquiryError
├── InputError            what somebody wrote cannot be used (exit 2)
│   ├── SchemaError       an entity, relationship or claim that the schema does not allow
│   ├── FactFileError     problems in files that people write, each with file, line and column
│   ├── SourceError       files or the description of a source that cannot be read as what they are said to be
│   ├── QueryError        an unknown query, a wrong parameter, Cypher that is not a read
│   └── AmbiguousName     a name that fits several entities, which are listed
├── LoadRefused           a load that would lose or contradict what is there
├── FetchError            a file of a source that could not be fetched, or is not the one that is described
└── StoreError            Neo4j: not reachable, wrong password, full disk, gone in the middle
    ├── QueryStopped      a query that took too long or too much memory
    └── LocalServerError  the server that `inquiry` runs itself
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "AmbiguousName",
    "FactFileError",
    "FetchError",
    "InputError",
    "InquiryError",
    "LoadRefused",
    "LocalServerError",
    "QueryError",
    "QueryStopped",
    "SchemaError",
    "SourceError",
    "StoreError",
]


class InquiryError(Exception):
    """Base of all errors that this software raises on purpose.

    `message` says what was wrong, `where` the place (file:line:column, setting, address), `hint` what to do.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class InputError(InquiryError):
    """What somebody wrote cannot be used; `parameter` is the name of the one at fault, where that is known."""

    parameter: str | None = None


class SchemaError(InputError):
    """An entity, relationship or claim that the schema does not allow."""


class SourceError(InputError):
    """Files or the description of a source that cannot be read as what they are said to be."""


class QueryError(InputError):
    """An unknown query, a wrong parameter, or Cypher that is not a read."""


class AmbiguousName(InputError):
    """A name that fits several entities, or none; `candidates` are (id, name, reason)."""

    def __init__(self, message: str, candidates: list[tuple[str, str, str]], *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.candidates = candidates


class FactFileError(InputError):
    """All problems that were found in fact files or files of judgements, each already placed in its file."""

    def __init__(self, problems: list[InputError], what: str = "the fact files") -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"{count} in {what}")
        self.problems = problems


class LoadRefused(InquiryError):
    """A load that would lose or contradict what is there; `details` are lines that say what."""

    def __init__(self, message: str, details: Sequence[str] = (), *, where: str | None = None, hint: str | None = None):
        super().__init__(message, where=where, hint=hint)
        self.details = tuple(details)


class FetchError(InquiryError):
    """A file of a source that could not be fetched, or is not the one that is described."""


class StoreError(InquiryError):
    """Neo4j did not do what was asked."""


class QueryStopped(StoreError):
    """A query that took too long or too much memory."""


class LocalServerError(StoreError):
    """The server that `inquiry` runs itself could not be fetched, started or stopped."""
