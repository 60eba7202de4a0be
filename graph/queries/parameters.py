"""Parameters of a named query, read from what somebody gave: of their type, and entities by id or name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any

from graph.errors import InputError, QueryError
from graph.queries.definition import NamedQuery, Parameter
from graph.queries.names import find_entity
from graph.schema import SCHEMA
from graph.schema.model import did_you_mean
from graph.store.connection import Reader, Row

__all__ = ["at_fault", "default_value", "read_parameters"]

_WORDS = {"date": "a date as YYYY-MM-DD", "boolean": "yes or no"}


def read_parameters(
    reader: Reader,
    query: NamedQuery,
    given: Mapping[str, Any],
    *,
    on: date | None = None,
    partial: bool = False,
    there: Mapping[str, Row] = MappingProxyType({}),
) -> dict[str, Any]:
    """All parameters of a query with their values; entities by id or by their name `on` a day.

    With `partial`, those that are needed may be missing; `there` are entities looked up before. Raises QueryError for
    what is unknown, missing or of another type, and AmbiguousName where a name fits several entities or none.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name.replace("-", "_") not in known:
            hint = did_you_mean(name, list(known)) or f"it takes {', '.join(known) or 'no parameters'}"
            with at_fault(name):
                raise QueryError(f"`{query.name}` has no parameter `{name}`", hint=hint)
    values = {name.replace("-", "_"): value for name, value in given.items() if value is not None}
    if not partial:
        _check_needed(query, values)
    read = {}
    for name, parameter in known.items():
        with at_fault(name):
            read[name] = (
                _read_value(reader, parameter, values[name], on, there) if name in values else default_value(parameter)
            )
    if not partial:
        _check_company(query, read)
    return read


@contextmanager
def at_fault(name: str) -> Iterator[None]:
    """What is raised inside knows that the parameter `name` is at fault."""
    try:
        yield
    except InputError as error:
        error.parameter = name
        raise


def default_value(parameter: Parameter) -> Any:
    """The value where none is given."""
    return None if parameter.default is None else _read_plain(parameter, parameter.default)


def _check_needed(query: NamedQuery, values: Mapping[str, Any]) -> None:
    for parameter in query.parameters:
        if parameter.required and parameter.name not in values and parameter.default is None:
            with at_fault(parameter.name):
                raise QueryError(
                    f"`{query.name}` needs `{parameter.name}`: {parameter.description}",
                    hint=f"add {_as_option(parameter.name)} …",
                )
    if query.needs_one_of and not any(name in values for name in query.needs_one_of):
        raise QueryError(
            f"`{query.name}` needs {' or '.join(f'`{name}`' for name in query.needs_one_of)}",
            hint=f"add {' or '.join(f'{_as_option(name)} …' for name in query.needs_one_of)}",
        )


def _check_company(query: NamedQuery, read: Mapping[str, Any]) -> None:
    """A parameter that means nothing without another one is refused where that is missing."""
    for parameter in query.parameters:
        needed = parameter.needs
        if needed is not None and read[parameter.name] and read[needed] is None:
            raise QueryError(
                f"`{parameter.name}` of `{query.name}` needs `{needed}` beside it", hint=f"add {_as_option(needed)} …"
            )


def _as_option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _read_value(reader: Reader, parameter: Parameter, value: Any, on: date | None, there: Mapping[str, Row]) -> Any:
    if parameter.is_entity:
        return find_entity(reader, str(value).strip(), parameter.kinds, on, there=there)
    return _read_plain(parameter, str(value).strip())


def _read_plain(parameter: Parameter, text: str) -> Any:
    try:
        if parameter.type == "integer":
            return _read_integer(text)
        if parameter.type == "number":
            return float(text)
        if parameter.type == "boolean":
            return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]
        if parameter.type == "date":
            return date.fromisoformat(text)
    except (ValueError, KeyError) as error:
        raise QueryError(
            f"`{parameter.name}` takes {_WORDS.get(parameter.type, f'a {parameter.type}')}, not {text!r}",
            hint=parameter.description,
        ) from error
    if parameter.words:
        return _read_word(parameter, text)
    if parameter.type == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    return _read_predicate(text) if parameter.type == "predicate" else text


def _read_word(parameter: Parameter, text: str) -> str:
    if text not in parameter.words:
        hint = did_you_mean(text, list(parameter.words)) or f"one of {', '.join(parameter.words)}"
        raise QueryError(f"`{parameter.name}` does not take {text!r}", hint=hint)
    return text


def _read_integer(text: str) -> int:
    """A number that the driver can send; ValueError for others."""
    number = int(text)
    if not -(2**63) <= number < 2**63 - 1:
        raise ValueError(text)
    return number


def _read_predicate(text: str) -> str:
    """A property or relationship type of the schema; a relationship also in the small letters of fact files."""
    relationship = SCHEMA.by_key.get(text.lower())
    if relationship is not None:
        return relationship.name
    properties = {"kind", *(p.name for kind in SCHEMA.kinds for p in kind.properties)}
    if text in properties:
        return text
    hint = did_you_mean(text, sorted(properties | set(SCHEMA.by_type))) or "`inquiry schema` lists them"
    raise QueryError(f"there is no property or relationship {text!r}", hint=hint)
