"""Named queries as forms: each parameter a text as somebody types it, and what was left empty is not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.problems import candidates_of
from graph.errors import AmbiguousName, InputError, QueryError
from graph.queries import NamedQuery, Times
from viz.tables import part_of

__all__ = ["YES", "Filled", "form_model", "mistake", "parameter_fields"]

YES: Final = ("true", "yes", "on", "1")
_TIMES: Final = ("valid_at", "known_at", "recorded_at")
_USUAL: Final = 100
_MOST: Final = 1_000


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    valid_at: str = Field("", max_length=100)
    known_at: str = Field("", max_length=100)
    recorded_at: str = Field("", max_length=100)
    include_unchecked: str = Field("", max_length=10)
    limit: str = Field("", max_length=10)


def form_model(name: str, **fields: Any) -> type[BaseModel]:
    """The fields of a form; the queries read what is typed themselves."""
    return create_model(name, __base__=_Form, **fields)


def parameter_fields(query: NamedQuery) -> dict[str, Any]:
    """A field for each parameter of a query."""
    return {parameter.name: (str, Field("", max_length=1_000)) for parameter in query.parameters}


@dataclass(frozen=True)
class Filled:
    """A form as it was sent; `given` has the fields that were filled in."""

    query: NamedQuery
    given: Mapping[str, str]

    @property
    def parameters(self) -> dict[str, str]:
        """Those of the query."""
        return {one.name: self.given[one.name] for one in self.query.parameters if one.name in self.given}

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is needed is missing."""
        needed = [one.name for one in self.query.parameters if one.required and one.default is None]
        some = self.query.needs_one_of
        return all(name in self.given for name in needed) and (not some or any(name in self.given for name in some))

    @property
    def times(self) -> Times:
        """Raises InputError for what is no day or moment."""
        return Times.read(*(self.given.get(name) for name in _TIMES))

    @property
    def include_unchecked(self) -> bool:
        """Whether claims count of which nobody has seen the document."""
        return self.given.get("include_unchecked", "").lower() in YES

    @property
    def asked(self) -> dict[str, str]:
        """What is said beside the parameters, for addresses."""
        times = {name: self.given[name] for name in _TIMES if name in self.given}
        return {**times, "include_unchecked": "true"} if self.include_unchecked else times

    @property
    def limit(self) -> int:
        """How many rows; raises QueryError for another number than a page can show."""
        text = self.given.get("limit", str(_USUAL))
        if not text.isdecimal() or not 1 <= int(text) <= _MOST:
            raise QueryError(f"a page shows 1 to {_MOST:,} rows, not {text}", hint="CSV and NDJSON have more")
        return int(text)


def mistake(error: InputError, path: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What was wrong, for a form that is shown again; each candidate leads to the same question about it."""
    near = candidates_of(error) if isinstance(error, AmbiguousName) else []
    return {
        "detail": error.message,
        "candidates": [{**part_of(one.id, one.name), "label": one.label, "id": one.id} for one in near],
        "parameter": error.parameter,
        "path": path,
        "given": dict(given),
    }
