"""Where an answer goes on: an opaque text that keeps the times of the first page, so that all are of one graph."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, ValidationError

from api.problems import Kind, ProblemError

__all__ = ["Cursor", "key_of"]


class Cursor(BaseModel):
    """How many rows came before, and the times of the first page; `key` is of the question that it belongs to.

    A search also keeps `after`: the score and id of the last one that was given, for its order may change meanwhile.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    skip: int
    today: date
    recorded_at: datetime
    key: str
    after: tuple[int, str] | None = None

    @classmethod
    def read(cls, text: str, key: str) -> Cursor:
        """The cursor of a question; ProblemError for what is none, or belongs to another one."""
        try:
            cursor = cls.model_validate_json(urlsafe_b64decode(text.encode()))
        except (ValidationError, ValueError):
            cursor = None
        if cursor is None or cursor.key != key or cursor.skip < 1:
            raise ProblemError(
                Kind.INVALID_PARAMETER,
                "this cursor belongs to no answer to this question",
                parameter="cursor",
                hint="take it from the reply before, and change nothing else",
            )
        return cursor

    @classmethod
    def first(cls, key: str, *moments: datetime | None) -> Cursor:
        """The beginning of an answer, now or at the earliest of some moments."""
        now = datetime.now(UTC)
        return cls(skip=0, today=now.date(), recorded_at=min([now, *(m for m in moments if m is not None)]), key=key)

    @property
    def text(self) -> str:
        """As it is given out."""
        return urlsafe_b64encode(self.model_dump_json().encode()).decode()


def key_of(*parts: str) -> str:
    """What tells one question from another."""
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
