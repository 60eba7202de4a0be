"""A named query as text to paste elsewhere: its question, its parameters with their values, and the whole Cypher."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from neo4j.time import DateTime

from graph.queries.definition import NamedQuery, Parameter
from graph.queries.expand import answer_text
from graph.queries.parameters import default_value
from graph.queries.run import Times, time_parameters

__all__ = ["compose", "compose_whole"]

_NOT_GIVEN: Final = Times()
_PARAMETER: Final = re.compile(r"\$([a-z_]+)\b")


def compose(
    query: NamedQuery,
    parameters: Mapping[str, Any] | None = None,
    *,
    times: Times = _NOT_GIVEN,
    include_unchecked: bool = False,
    limit: int = 100,
) -> str:
    """The query as Neo4j runs it. `parameters` are values as read; what is needed and missing is left to fill in."""
    literals = _literals(query, parameters or {}, times, include_unchecked=include_unchecked, limit=limit)
    described = {parameter.name: parameter for parameter in query.parameters}
    lines = [
        _setting(name, literal) if literal is not None else _placeholder(described[name])
        for name, literal in literals.items()
    ]
    return "\n".join([f"// {query.question}", *lines, f"{answer_text(query)};\n"])


def compose_whole(
    query: NamedQuery,
    parameters: Mapping[str, Any],
    *,
    times: Times = _NOT_GIVEN,
    include_unchecked: bool = False,
    limit: int = 100,
) -> str:
    """The same with the values in their places, for where there is no `:param`; what is missing stays a `$name`."""
    literals = _literals(query, parameters, times, include_unchecked=include_unchecked, limit=limit)
    text = _PARAMETER.sub(lambda match: literals.get(match[1]) or match.group(), answer_text(query))
    return f"// {query.question}\n{text}\n"


def _literals(
    query: NamedQuery, given: Mapping[str, Any], times: Times, *, include_unchecked: bool, limit: int
) -> dict[str, str | None]:
    """All parameters as Cypher writes them; none for what is needed and missing."""
    values = {p.name: default_value(p) if given.get(p.name) is None else given[p.name] for p in query.parameters}
    lacking = not any(values[name] is not None for name in query.needs_one_of)
    needed = {p.name for p in query.parameters if p.required or (lacking and p.name in query.needs_one_of)}
    literals = {name: None if value is None and name in needed else _literal(value) for name, value in values.items()}
    plain = {"include_unchecked": include_unchecked, "limit": limit, "skip": 0}
    day = _literal(times.valid_at) if times.valid_at else "date()"
    return {
        **literals,
        **{name: _literal(value) for name, value in plain.items()},
        "valid_at": day,
        **{name: _literal(value) for name, value in time_parameters(times).items()},
    }


def _setting(name: str, value: str) -> str:
    return f":param {name} => {value};"


def _placeholder(parameter: Parameter) -> str:
    kind = parameter.type.split("|")[0].lower()
    example = f"'{kind if kind != 'entity' else 'body'}:…'" if parameter.is_entity else "…"
    return f"// Fill in: {parameter.description}\n// :param {parameter.name} => {example};"


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | DateTime):
        return f"datetime('{value.isoformat()}')"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    # Texts, numbers and lists of texts are written in Cypher as they are in JSON.
    return json.dumps(value, ensure_ascii=False)
