"""Values of properties: as printed, as compared, and how far two of them are from contradicting each other."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from graph.errors import SchemaError
from graph.schema.dates import days_of
from graph.schema.ids import check_text, name_key
from graph.schema.kinds import PropertyType, ValueType
from graph.schema.model import did_you_mean
from graph.schema.safety import check_said
from graph.schema.vocabulary import BOUNDS, VOCABULARIES

__all__ = ["Value", "are_compatible", "more_precise", "read_value"]

_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?")
_LARGEST: Final = 2**53
"""Up to here every whole number has a float of its own, and Neo4j an integer."""
_URL = re.compile(r"https?://[^\s<>\"']+")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*:\S{1,200}")
_INFINITE = float("inf")


class Value(NamedTuple):
    """A value with its range: numbers from `low` to `high`, dates from `earliest` to `latest`, both included."""

    value: str | int | float
    text: str
    bound: str = "exact"
    low: float | None = None
    high: float | None = None
    earliest: date | None = None
    latest: date | None = None

    @property
    def identity(self) -> list[str]:
        """What tells this value from another: its printed form and its bound."""
        return [self.text, self.bound]


def read_value(property_type: PropertyType, value: object, text: str | None, bound: str) -> Value:
    """`value` checked against the type of a property; `text` is how the document prints it.

    A number with the bound `about` reaches what rounds to it at its printed digits: "about 700" is 650 to 750.
    Raises SchemaError where the value is not of the type.
    """
    if bound not in BOUNDS:
        raise SchemaError(
            f"`{bound}` is not a bound", hint=did_you_mean(bound, BOUNDS) or f"one of {', '.join(BOUNDS)}"
        )
    if value is None or value == "":
        raise SchemaError(f"`{property_type.name}` is empty", hint="give a value or leave the line out")
    if property_type.type in {ValueType.NUMBER, ValueType.INTEGER}:
        return _read_number(property_type, value, text, bound)
    if bound != "exact":
        raise SchemaError(f"`{property_type.name}` takes no bound", hint="only numbers are about, at least or at most")
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise SchemaError(f"`{property_type.name}` is not a {property_type.type}", hint="write it in quotes")
    plain = check_text(str(value)).strip()
    printed = _read_printed(text, plain)
    if property_type.type is ValueType.DATE:
        earliest, latest = days_of(plain)
        return Value(plain, printed, earliest=earliest, latest=latest)
    _check_form(property_type, plain)
    return Value(plain, printed)


def _check_form(property_type: PropertyType, plain: str) -> None:
    if property_type.type is ValueType.URL and not _URL.fullmatch(plain):
        raise SchemaError(f"{plain[:80]!r} is not an address", hint="an address begins with http:// or https://")
    if property_type.type is ValueType.IDENTIFIER and not _IDENTIFIER.fullmatch(plain):
        raise SchemaError(f"{plain[:80]!r} is not an identifier", hint="write scheme:value, such as gss:E08000018")
    if property_type.vocabulary is not None:
        allowed = VOCABULARIES[property_type.vocabulary]
        if plain not in allowed:
            hint = did_you_mean(plain, allowed) or f"one of {', '.join(allowed)}"
            raise SchemaError(f"`{plain}` is not a word of {property_type.vocabulary}", hint=hint)


def _read_number(property_type: PropertyType, value: object, text: str | None, bound: str) -> Value:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise SchemaError(f"`{property_type.name}` is not a number", hint="write digits, such as 1400")
    plain = str(value).strip()
    if not _NUMBER.fullmatch(plain):
        raise SchemaError(f"{plain!r} is not a number", hint="write digits only; put the words into `as_printed`")
    number = float(plain.replace(",", ""))
    if abs(number) > _LARGEST:
        raise SchemaError(f"`{property_type.name}` is too large: {plain[:40]}", hint="check the number")
    if property_type.type is ValueType.INTEGER and not number.is_integer():
        raise SchemaError(f"`{property_type.name}` is a whole number, not {plain}", hint="check the number")
    tidy: int | float = int(number) if number.is_integer() else number
    low, high = _reach(plain.replace(",", ""), number, bound)
    return Value(tidy, _read_printed(text, plain), bound, low=low, high=high)


def _read_printed(text: str | None, plain: str) -> str:
    """How the document prints a value, where that is given."""
    if text is None or text == plain:
        return plain
    if not text.strip():
        raise SchemaError("`as_printed` is empty", hint="give the words of the document, or leave the line out")
    return check_said(text)


def _reach(digits: str, number: float, bound: str) -> tuple[float, float]:
    """From where to where a number reaches: its last printed digit that is not a nought decides what rounds to it."""
    if bound == "about":
        fraction = digits.partition(".")[2]
        if fraction:
            half = 0.5 * 10 ** -len(fraction)
        else:
            stripped = digits.lstrip("-").rstrip("0")
            noughts = len(digits.lstrip("-")) - len(stripped) if stripped else 0
            half = 0.5 * 10**noughts
        return number - half, number + half
    if bound == "at_least":
        return number, _INFINITE
    if bound == "at_most":
        return -_INFINITE, number
    return number, number


def are_compatible(one: Value, other: Value) -> bool:
    """Whether two values of one property can both be so: ranges that meet, or names that read the same."""
    if one.low is not None and one.high is not None and other.low is not None and other.high is not None:
        return one.low <= other.high and other.low <= one.high
    if one.earliest is not None and one.latest is not None and other.earliest is not None and other.latest is not None:
        return one.earliest <= other.latest and other.earliest <= one.latest
    return name_key(str(one.value)) == name_key(str(other.value))


def more_precise(one: Value, other: Value) -> Value:
    """The value with the narrower range; of two equally wide the one that sorts first, so that any order gives it."""
    return min(one, other, key=_width)


def _width(value: Value) -> tuple[float, str]:
    if value.low is not None and value.high is not None:
        return value.high - value.low, value.text
    if value.earliest is not None and value.latest is not None:
        return float((value.latest - value.earliest).days), value.text
    return 0.0, value.text
