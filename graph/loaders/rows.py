"""A row of a table: each field is taken once, checked on the way, and what nobody takes is found."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from graph.errors import SchemaError
from graph.schema.dates import days_of

__all__ = ["Row"]

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T\d\d:\d\d.*")
_WHOLE: Final = re.compile(r"(\d+)(?:\.0+)?")
_FLAGS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


class Row:
    """A row that is emptied field by field; what is wrong with a field is a SchemaError."""

    def __init__(self, file: str, number: int, values: dict[str, Any], key: tuple[str, ...]) -> None:
        self.file = file
        self.number = number
        self.key = " ".join(str(values.get(name) or "").strip() for name in key)
        """What the source itself tells its records apart by; never the number of the row."""
        self._values = values

    @property
    def place(self) -> str:
        """`appointment.csv, row 17`; items of JSON are called so."""
        return f"{self.file}, {'item' if self.file.endswith('.json') else 'row'} {self.number}"

    @property
    def left(self) -> list[str]:
        """The fields that nobody has taken."""
        return list(self._values)

    def text(self, name: str) -> str | None:
        """The field as text, None where it is blank."""
        value = self._values.pop(name)
        if value is None:
            return None
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise SchemaError(f"`{name}` is not a text: {str(value)[:60]!r}")
        return " ".join(str(value).split()) or None

    def needed(self, name: str) -> str:
        """The field as text; SchemaError where it is blank."""
        text = self.text(name)
        if text is None:
            raise SchemaError(f"`{name}` is blank")
        return text

    def date(self, name: str, *, forms: tuple[str, ...] = ()) -> str | None:
        """A year, month or day as it stands; of a moment the day that it has in its own time zone.

        `forms` are other ways in which the source writes days, such as `%d/%m/%Y`.
        """
        text = self.text(name)
        if text is None:
            return None
        moment = _MOMENT.fullmatch(text)
        text = moment[1] if moment else _iso_day(text, forms)
        try:
            days_of(text)
        except SchemaError as error:
            raise SchemaError(f"`{name}`: {error.message}", hint=error.hint) from error
        return text

    def flag(self, name: str) -> bool:
        """Yes or no; a blank is no."""
        value = self._values.pop(name)
        flag = _FLAGS.get(str("" if value is None else value).strip().casefold())
        if flag is None:
            raise SchemaError(f"`{name}` is neither yes nor no: {value!r}")
        return flag

    def whole_number(self, name: str) -> str | None:
        """A whole number as text, also where a program wrote it as 500.0."""
        text = self.text(name)
        if text is None:
            return None
        match = _WHOLE.fullmatch(text)
        if match is None:
            raise SchemaError(f"`{name}` is not a whole number: {text!r}")
        return match[1]

    def texts(self, name: str, separator: str = ",") -> list[str]:
        """The texts of a list, or of a text with separators; blanks are left out."""
        value = self._values.pop(name)
        parts = value if isinstance(value, list) else str(value or "").split(separator)
        if not all(isinstance(part, str) for part in parts):
            raise SchemaError(f"`{name}` is not a list of texts")
        return [text for part in parts if (text := " ".join(part.split()))]

    def records(self, name: str) -> list[dict[str, Any]]:
        """The objects of a list."""
        value = self._values.pop(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise SchemaError(f"`{name}` is not a list of objects")
        return value

    def skip(self, *names: str) -> None:
        """Takes fields that are in the key of the row already, or that another reading of the table uses."""
        for name in names:
            self._values.pop(name)


def _iso_day(text: str, forms: tuple[str, ...]) -> str:
    for form in forms:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    return text
