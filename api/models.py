"""What requests and answers are made of, as pydantic models: those of named queries are made from their definitions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StrictBool,
    StringConstraints,
    create_model,
)

from api.addresses import Address
from api.examples import example_of_column, example_of_parameter
from api.replies import Form
from graph.errors import QueryError
from graph.queries import LONGEST_ANSWER, NamedQuery, Times
from graph.queries.definition import Column, Parameter
from graph.schema.moments import read_moment

__all__ = ["Asking", "Evidence", "TimesAsked", "answer_model", "body_model", "parameters_model"]

_STRICT: Final = ConfigDict(extra="forbid")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CELLS: Final[dict[str, Any]] = {
    "integer": int, "number": float, "boolean": bool, "list": list[Any], "entities": list[str], "text": Any,
    "predicate": str, "date": str,
}  # fmt: skip


def _check_day(value: object) -> object:
    """A day as JSON and addresses have it; the framework would take a number for seconds."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("a day is written YYYY-MM-DD")


def _check_moment(value: str) -> str:
    try:
        read_moment(value)
    except QueryError as error:
        raise ValueError("a day or a moment is written YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ") from error
    return value


Text = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
Day = Annotated[date, BeforeValidator(_check_day)]
Moment = Annotated[Text, AfterValidator(_check_moment)]
Integer = Annotated[int, Field(ge=-(2**53), le=2**53)]
_TYPES: Final[dict[str, Any]] = {"integer": Integer, "number": float, "date": Day, "boolean": bool}
_IN_JSON: Final[dict[str, Any]] = {
    **_TYPES,
    "integer": Annotated[Integer, Strict()],
    "number": Annotated[float, Strict()],
    "boolean": StrictBool,
}
"""JSON has numbers and truth values of its own: a text is none of them."""


class TimesAsked(BaseModel):
    """The times of a question."""

    model_config = _STRICT

    valid_at: Day | None = Field(
        None, description="The day asked about, for states; without it today.", examples=["2025-06-16"]
    )
    known_at: Day | None = Field(None, description="Only what was public by this day.", examples=["2025-06-30"])
    recorded_at: Moment | None = Field(
        None,
        description="What this graph said then: a day or a moment (ISO 8601).",
        examples=["2026-06-30"],
    )

    @property
    def times(self) -> Times:
        """As the queries take them; raises QueryError for a moment that cannot be read."""
        return Times(
            valid_at=self.valid_at,
            known_at=self.known_at,
            recorded_at=read_moment(self.recorded_at) if self.recorded_at is not None else None,
        )


class Asking(TimesAsked):
    """What one may say of any question."""

    include_unchecked: bool = Field(
        False, description="Count in claims whose document nobody has seen; they are marked.", examples=[True]
    )
    limit: int = Field(
        100,
        ge=1,
        le=LONGEST_ANSWER,
        description="How many rows at the most; as JSON 10,000, as CSV and NDJSON more.",
        examples=[10],
    )
    cursor: Text | None = Field(
        None,
        description="Where the answer goes on: from `Inquiry-Cursor` of the reply before, to the same question.",
        examples=["eyJza2lwIjoxMDAs…"],
    )
    format: Form | None = Field(
        None, description="How the answer is written, whatever `Accept` says.", examples=["csv"]
    )


class AskingInJson(Asking):
    """What one may say of any question, in the body of a request."""

    include_unchecked: StrictBool = Asking.model_fields["include_unchecked"]  # type: ignore[assignment]
    limit: Annotated[int, Strict()] = Asking.model_fields["limit"]  # type: ignore[assignment]


class Evidence(BaseModel):
    """One claim that an answer rests on, and the place in a document that makes it."""

    model_config = _STRICT

    claim: str = Field(description="Id of the claim.", examples=["claim:7d1f0a2b3c4d5e6f70819203"])
    document: str = Field(description="Id of the document.", examples=["document:casey-audit-2025"])
    title: str | None = Field(description="Title of the document.", examples=["National Audit"])
    url: str | None = Field(description="Where the document is.", examples=["https://www.gov.uk/"])
    locator: str | None = Field(
        description="Where in the document; none where nobody has seen it.", examples=["p. 17, recommendation 3"]
    )
    page: Any = Field(description="The page, where the locator has one.", examples=[17])
    anchor: str | None = Field(description="A few words that stand there.", examples=["should be changed"])
    said_by: str | None = Field(
        description="Who says it, where the document reports somebody.", examples=["office:home-secretary"]
    )
    method: str = Field(description="How the claim was read: structured, read by a person …", examples=["curated"])
    review: str = Field(
        description="`checked`, or `unchecked` where nobody has seen the document.", examples=["checked"]
    )
    predicate: str = Field(
        description="What the claim says of its subject: a property or a relationship.", examples=["TARGETS"]
    )
    subject: str = Field(description="Of what or whom it says it.", examples=["recommendation:casey-audit-2025-1"])
    object: str | None = Field(description="The other end of a relationship.", examples=["body:cps"])
    value: Any = Field(description="The value of a property.", examples=["2025-06-16"])
    version: str | None = Field(
        description="Which version of the document.", examples=["version:ifg-ministers-database~2026-06-12"]
    )
    deprecated: Any = Field(description="Why a person has ranked it behind others.", examples=["a slip"])


class _Base(BaseModel):
    model_config = _STRICT


def parameters_model(query: NamedQuery, address: Address | None = None) -> type[Asking]:
    """The parameters of a named query beside those of any question, as an address has them."""
    named = [(p.name, p) for p in query.parameters] if address is None else address.parameters(query)
    fields: dict[str, Any] = {name: _field(parameter, _TYPES) for name, parameter in named}
    name = _camel(query.name if address is None else address.name)
    return create_model(f"{name}Parameters", __base__=Asking, __doc__=query.question, **fields)


def body_model(query: NamedQuery) -> type[Asking]:
    """The same as the JSON body of a request."""
    fields: dict[str, Any] = {parameter.name: _field(parameter, _IN_JSON) for parameter in query.parameters}
    return create_model(f"{_camel(query.name)}Body", __base__=AskingInJson, __doc__=query.question, **fields)


def _field(parameter: Parameter, types: Mapping[str, Any]) -> tuple[Any, Any]:
    type_ = Literal[parameter.words] if parameter.words else types.get(parameter.type, Text)
    kinds = f" An id or a name of: {', '.join(parameter.kinds) or 'any kind'}." if parameter.is_entity else ""
    needs = f" Only with `{parameter.needs}`." if parameter.needs else ""
    description = f"{parameter.description}.{kinds}{needs}"
    examples = [example_of_parameter(parameter)]
    if parameter.required:
        return type_, Field(description=description, examples=examples)
    return type_ | None, Field(None, description=description, examples=examples)


@cache
def answer_model(query: NamedQuery) -> type[BaseModel]:
    """The answer of a named query, for the documentation."""
    name = _camel(query.name)
    cells: dict[str, Any] = {}
    for column in query.columns:
        example = example_of_column(column)
        cells[column.name] = (_cell(column), Field(description=f"{column.description}.", examples=[example]))
        if column.names is not None:
            type_: Any = str if column.is_entity else list[str | None]
            words = "Its name." if column.is_entity else "Their names."
            named: Any = "Home Office" if column.is_entity else ["Home Office"]
            cells[column.names] = (type_ | None, Field(description=words, examples=[named]))
    cells["evidence"] = (
        list[Evidence],
        Field(description="The claims that the row rests on; never empty.", examples=[[]]),
    )
    row = create_model(f"{name}Row", __base__=_Base, **cells)
    return create_model(
        f"{name}Answer",
        __base__=_Base,
        __doc__=query.question,
        query=(str, Field(description="The named query.", examples=[query.name])),
        parameters=(
            dict[str, Any],
            Field(
                description="As they were understood: ids for names.",
                examples=[{p.name: example_of_parameter(p) if p.required else None for p in query.parameters}],
            ),
        ),
        times=(
            dict[str, str | None],
            Field(
                description="`valid_at`, `known_at` and `recorded_at`.",
                examples=[{"valid_at": None, "known_at": "2025-06-30", "recorded_at": None}],
            ),
        ),
        rows=(list[row], Field(description="At most `limit` of them, in the order of the query.", examples=[[]])),
        total=(
            dict[str, Any],
            Field(
                description="`value`, and `relation`: eq, or gte for at least.",
                examples=[{"value": 12, "relation": "eq"}],
            ),
        ),
        limit=(int, Field(description="How many rows at the most.", examples=[100])),
        truncated=(bool, Field(description="Whether there are more rows than were given.", examples=[False])),
        left_out=(
            dict[str, Any],
            Field(
                description="Claims that the answer leaves out: `unchecked` …",
                examples=[{"unchecked": 0, "relation": "eq"}],
            ),
        ),
        loaded=(dict[str, Any], Field(description="What the graph holds.", examples=[{"claims": 6658}])),
    )


def _cell(column: Column) -> Any:
    type_ = str if column.is_entity else _CELLS[column.type]
    return type_ | None if type_ is not Any else Any


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
