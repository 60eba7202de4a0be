"""A named query as text to paste elsewhere: its question, its parameters with their values, and the whole Cypher."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from neo4j.time import DateTime

from graph.queries.definition import NamedQuery, Parameter
from graph.queries.expand import answer_text
from graph.queries.parameters import default_value
from graph.queries.run import Times, time_parameters

__all__ = ["compose"]

_NOT_GIVEN: Final = Times()


def compose(
    query: NamedQuery,
    parameters: Mapping[str, Any] | None = None,
    *,
    times: Times = _NOT_GIVEN,
    include_unchecked: bool = False,
    limit: int = 100,
) -> str:
    """The query as Neo4j runs it. `parameters` are values as read; what is needed and missing is left to fill in."""
    given = parameters or {}
    values = {p.name: default_value(p) if given.get(p.name) is None else given[p.name] for p in query.parameters}
    lacking = not any(values[name] is not None for name in query.needs_one_of)
    lines = [
        _placeholder(parameter)
        if values[parameter.name] is None and (parameter.required or (lacking and parameter.name in query.needs_one_of))
        else _setting(parameter.name, _literal(values[parameter.name]))
        for parameter in query.parameters
    ]
    plain = {"include_unchecked": include_unchecked, "limit": limit, "skip": 0}
    lines += [_setting(name, _literal(value)) for name, value in plain.items()]
    lines.append(_setting("valid_at", _literal(times.valid_at) if times.valid_at else "date()"))
    lines += [_setting(name, _literal(value)) for name, value in time_parameters(times).items()]
    return "\n".join([f"// {query.question}", *lines, f"{answer_text(query)};\n"])


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
