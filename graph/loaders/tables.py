"""Strict, streaming reading of CSV, TSV and JSON tables: what is not as described is an error that names file and row.

Rows count as a spreadsheet shows them: the header of a CSV is row 1. The items of a JSON list count from 1.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TextIO

from pydantic import BaseModel, ConfigDict, Field

from graph.errors import SourceError
from graph.loaders.problems import Problem, Problems
from graph.loaders.rows import Row
from graph.schema.model import did_you_mean

__all__ = ["FileFacts", "Table", "examine_file", "looks_like_html", "read_rows"]

_DELIMITERS: Final = {"csv": ",", "tsv": "\t"}
_CHUNK: Final = 1 << 16
_HTML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body)", re.IGNORECASE)


class Table(BaseModel):
    """One file of a source. `columns` leads from our names of fields to the file's; `details.slug` is a nested field.

    `key` are the fields that tell records apart. `dropped` columns are private and `unused` ones have no place in the
    model, each with the reason; no loader sees them. A column in none of the three is an error.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    format: Literal["csv", "tsv", "json"] = "csv"
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    garbled: Literal["cp1252", "mac_roman"] | None = None
    """In what the text was written that its publisher then read as Latin-1: its apostrophes are put right."""
    delimiter: str | None = None
    """Between the fields of a CSV, where it is not the comma."""
    key: tuple[str, ...] = Field(min_length=1)
    rows: int | None = None
    """How many the version that the description speaks of has."""
    blanks: tuple[str, ...] = ()
    """Words that stand for nothing, such as `nan`."""
    columns: dict[str, str]
    dropped: dict[str, str] = Field(default_factory=dict)
    unused: dict[str, str] = Field(default_factory=dict)

    @property
    def known_columns(self) -> list[str]:
        """All columns that the file has, in its own words."""
        return [*self.columns.values(), *self.dropped, *self.unused]


class FileFacts(NamedTuple):
    """What is known of a file that was read once: its bytes are whole and its rows countable."""

    path: Path
    sha256: str
    rows: int


def examine_file(path: Path, table: Table) -> FileFacts:
    """Reads the whole file once, before anything of it is loaded.

    Raises SourceError where it is missing, empty, HTML, in another encoding, truncated, without rows, or has other
    columns than described.
    """
    digest = _digest(path, table)
    rows = 0
    for number, fields in _records(path, table):
        rows += 1
        if table.format == "json" and isinstance(fields, dict):
            _check_columns(list(_flat(fields)), table, f"{path}, item {number}", is_whole=False)
    if rows == 0:
        raise SourceError("the file has no rows", where=str(path), hint="get the file again")
    return FileFacts(path, digest, rows)


def read_rows(path: Path, table: Table, problems: Problems) -> Iterator[Row]:
    """The rows of a file, one by one; those with too many or too few fields go to `problems`."""
    of_column = {column: field for field, column in table.columns.items()}
    for number, fields in _records(path, table):
        if not isinstance(fields, dict):
            problems.add(Problem(table.file, number, "", str(fields)))
            continue
        flat = _flat(fields) if table.format == "json" else fields
        values = {
            of_column[column]: None if isinstance(value, str) and value.strip() in table.blanks else value
            for column, value in flat.items()
            if column in of_column
        }
        yield Row(table.file, number, values, table.key)


def _records(path: Path, table: Table) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """(number, fields) of each row; a text instead of fields says what is wrong with the row."""
    encoding = "utf-8-sig" if table.encoding == "utf-8" else table.encoding
    with path.open(encoding=encoding, newline="") as file:
        yield from (_json_items(file, path) if table.format == "json" else _lines(file, path, table))


def _lines(file: TextIO, path: Path, table: Table) -> Iterator[tuple[int, dict[str, Any] | str]]:
    reader = csv.reader(file, delimiter=table.delimiter or _DELIMITERS[table.format], strict=table.format == "csv",
                        quoting=csv.QUOTE_MINIMAL if table.format == "csv" else csv.QUOTE_NONE)  # fmt: skip
    number, header, short = 0, None, ""
    try:
        for number, fields in enumerate(reader, start=1):
            if short:
                yield number - 1, short
                short = ""
            if not any(field.strip() for field in fields):
                continue  # spreadsheets leave lines of nothing but separators at the end
            if header is None:
                header = [" ".join(name.split()) for name in fields]
                _check_columns(header, table, str(path), is_whole=True)
            elif len(fields) == len(header):
                yield number, _named(header, fields, table)
            else:
                short = f"the row has {len(fields)} of the {len(header)} fields of the header"
    except csv.Error as error:
        raise SourceError(
            f"the file cannot be read on: {error}",
            where=f"{path}, row {number + 1}",
            hint="it may be cut off: get it again",
        ) from error
    if short and not _ends_with_line(path):
        raise SourceError(f"the file is cut off: {short}", where=f"{path}, row {number}", hint="get the file again")
    if short:
        yield number, short


def _named(header: list[str], fields: list[str], table: Table) -> dict[str, Any] | str:
    """The fields of a row by their columns. Spreadsheets leave columns without a name, which must be empty."""
    if any(field.strip() for name, field in zip(header, fields, strict=True) if not name):
        return "there is something in a column without a name"
    named = {name: field for name, field in zip(header, fields, strict=True) if name}
    if table.garbled is None:
        return named
    try:
        return {name: field.encode("latin-1").decode(table.garbled) for name, field in named.items()}
    except UnicodeError:
        return f"the text is not {table.garbled} that was read as Latin-1, as the description says"


def _json_items(file: TextIO, path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """The items of a list, one by one, so that memory does not grow with the file."""
    decoder = json.JSONDecoder()
    text, number = file.read(_CHUNK).lstrip(), 0
    if not text.startswith("["):
        raise SourceError("the file is not a list of items", where=str(path), hint="get the file again")
    text = text[1:]
    while True:
        text = text.lstrip().removeprefix(",").lstrip()
        if text.startswith("]"):
            return
        try:
            item, end = decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            more = file.read(max(_CHUNK, len(text)))
            if not more:
                raise SourceError(
                    f"the file is cut off or is not JSON: {error.msg}",
                    where=f"{path}, item {number + 1}",
                    hint="get the file again",
                ) from error
            text += more
            continue
        number += 1
        yield number, item if isinstance(item, dict) else "the item is not an object"
        text = text[end:] or file.read(_CHUNK)


def _flat(fields: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested fields under their names with dots; lists stay as they are."""
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


def _check_columns(header: list[str], table: Table, where: str, *, is_whole: bool) -> None:
    known = table.known_columns
    for name in filter(None, header):
        if name not in known:
            raise SourceError(
                f"unknown column `{name}`",
                where=where,
                hint=did_you_mean(name, known) or "give it under `columns`, `dropped` or `unused` in the description",
            )
        if is_whole and header.count(name) > 1:
            raise SourceError(f"two columns are called `{name}`", where=where, hint="get the file again")
    missing = [name for name in table.columns.values() if name not in header]
    if missing:
        raise SourceError(
            f"there is no column `{missing[0]}`",
            where=where,
            hint=did_you_mean(missing[0], header) or f"the columns are {', '.join(header)}",
        )


def _digest(path: Path, table: Table) -> str:
    """The SHA-256 of the bytes, which are checked to be text of the right encoding on the way."""
    if not path.is_file():
        raise SourceError("the file is not there", where=str(path), hint="say where the data is with --data FOLDER")
    digest = sha256()
    decoder = codecs.getincrementaldecoder(table.encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if line == 1 and looks_like_html(chunk) and digest.digest() == sha256().digest():
                raise SourceError(
                    "the file is a web page, not a table", where=str(path), hint="download the file itself"
                )
            digest.update(chunk)
            if b"\0" in chunk:
                raise SourceError("the file is not text", where=f"{path}, line {line}", hint="save it as UTF-8")
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += error.object.count(b"\n", 0, error.start)
                raise SourceError(
                    f"the file is not {table.encoding}: byte 0x{error.object[error.start]:02x}",
                    where=f"{path}, line {line}",
                    hint=f"save it as {table.encoding.upper()}, or give its `encoding` in the description",
                ) from error
            line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise SourceError("the file is cut off within a letter", where=f"{path}, line {line}") from error
    if path.stat().st_size == 0:
        raise SourceError("the file is empty", where=str(path), hint="get the file again")
    return digest.hexdigest()


def looks_like_html(beginning: bytes) -> bool:
    """Whether a file that begins so is a web page, whatever it is called."""
    return _HTML.match(beginning) is not None


def _ends_with_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) in {b"\n", b"\r"}
