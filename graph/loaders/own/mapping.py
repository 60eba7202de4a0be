"""From a CSV file, and perhaps a small YAML file that explains its columns, to the description of a source."""

from __future__ import annotations

import csv
import re
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from graph.errors import SourceError
from graph.loaders.catalogue import Publisher, SourceCatalogue, SourceDescription, mistake_in
from graph.loaders.own.headers import HEADERS, Header
from graph.loaders.tables import Table
from graph.schema.dates import days_of

__all__ = ["Mapping", "OwnDocument", "describe", "read_mapping"]

_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")
_IDS: Final = ("person_id", "post_id", "body_id", "target_ids", "responder_id")


class OwnDocument(BaseModel):
    """The table itself as the document that is cited, where it is somebody's published list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    publisher: str
    licence: str
    as_at: str
    """The day of the list: an end that is open is certain until then."""
    url: str | None = None
    licence_url: str = ""
    attribution: str | None = None

    @field_validator("as_at", mode="before")
    @classmethod
    def _is_date(cls, value: object) -> str:
        days_of(str(value))
        return str(value)


class Mapping(BaseModel):
    """How other people's tables are read: our columns and theirs, and what their words mean."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["people-in-posts", "recommendations"]
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] | None = None
    """Of the source; without it the name of the file. Two files of one name are two versions of one source."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Our name of a column to theirs; without any the documented header is expected."""
    constants: dict[str, str] = Field(default_factory=dict)
    """What holds for all rows that say nothing else."""
    dropped: dict[str, str] = Field(default_factory=dict)
    unused: dict[str, str] = Field(default_factory=dict)
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    dates: tuple[str, ...] = ()
    """How days are written, such as `%d/%m/%Y`; years, months and days as in 2024-07-05 are read in any case."""
    blanks: tuple[str, ...] = ()
    """Words that stand for nothing, such as `n/a`, or `incumbent` for an end that has not come."""
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    """By column, what their words are in ours: `position: {"Accept in full": accepted}`."""
    document: OwnDocument | None = None


def read_mapping(path: Path) -> Mapping:
    """A mapping from YAML; SourceError names the file and the field that is wrong."""
    try:
        given = yaml.safe_load(path.read_bytes())
        if not isinstance(given, dict):
            raise SourceError("the mapping gives no fields", where=str(path), hint="begin with `kind: people-in-posts`")
        return Mapping.model_validate(given)
    except FileNotFoundError as error:
        raise SourceError("the mapping is not there", where=str(path)) from error
    except yaml.YAMLError as error:
        raise SourceError(f"the mapping cannot be read: {' '.join(str(error).split())}", where=str(path)) from error
    except ValidationError as error:
        raise mistake_in(error, str(path)) from error


def describe(path: Path, mapping: Mapping | None = None) -> SourceDescription:
    """The description of a table of one's own, as the known sources have one.

    Raises SourceError where the file cannot be read or its header is neither documented nor explained.
    """
    if not path.is_file():
        raise SourceError("the file is not there", where=str(path))
    found = _header(path, mapping)
    mapping = mapping or Mapping(kind=_kind_of(found, path))
    header = HEADERS[mapping.kind]
    columns = mapping.columns or {name: name for name in header.names if name in found}
    _check(path, mapping, header, columns)
    name = mapping.name or _NOT_IN_NAMES.sub("-", path.stem.lower()).strip("-") or "table"
    if name in SourceCatalogue():
        raise SourceError(
            f"`{name}` is the name of a known source", where=str(path), hint="give another `name` in a mapping"
        )
    table = Table(
        file=path.name,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        key=header.key,
        blanks=mapping.blanks,
        columns=columns,
        dropped=mapping.dropped,
        unused=mapping.unused,
    )
    return SourceDescription(
        name=name,
        loader=mapping.kind,
        folder=".",
        schemes=_schemes(path, table, mapping),
        tables={"rows": table},
        settings={
            "scheme": name, "constants": mapping.constants, "dates": mapping.dates, "words": mapping.words,
            "is_document": mapping.document is not None,
        },
        sha256=sha256(mapping.model_dump_json().encode()).hexdigest(),
        **_document(name, mapping.document),
    )  # fmt: skip


def _document(name: str, document: OwnDocument | None) -> dict[str, Any]:
    if document is None:
        nobody = Publisher(id=f"body:{name}-publisher", name="Nobody")
        return {
            "title": name, "document": f"document:{name}", "publisher": nobody, "licence": "none",
            "licence_url": "none", "attribution": "none", "as_at": "0001", "is_cited": False,
        }  # fmt: skip
    publisher = Publisher(id=f"body:{name}-publisher", name=document.publisher)
    return {
        **document.model_dump(include={"title", "licence", "url", "as_at"}),
        "licence_url": document.licence_url or document.url or "none given",
        "attribution": document.attribution or f"{document.publisher}, {document.title}",
        "document": f"document:{name}",
        "publisher": publisher,
    }


def _header(path: Path, mapping: Mapping | None) -> list[str]:
    encoding = "utf-8-sig" if mapping is None or mapping.encoding == "utf-8" else mapping.encoding
    try:
        with path.open(encoding=encoding, newline="") as file:
            rows = csv.reader(file, delimiter=mapping.delimiter if mapping else ",")
            return [name.strip() for name in next(rows, [])]
    except (UnicodeDecodeError, csv.Error):
        return []  # reading the whole file says what is wrong with it


def _kind_of(found: list[str], path: Path) -> Literal["people-in-posts", "recommendations"]:
    if "person" in found or "post" in found:
        return "people-in-posts"
    if "report" in found:
        return "recommendations"
    raise SourceError(
        "the header is none of those that are documented",
        where=f"{path}, row 1",
        hint="`inquiry template` writes them; a mapping (--mapping FILE) explains another one",
    )


def _check(path: Path, mapping: Mapping, header: Header, columns: dict[str, str]) -> None:
    for name in (*columns, *mapping.constants, *mapping.words):
        if name not in header.names:
            raise SourceError(
                f"`{name}` is no column of {mapping.kind}",
                where=str(path),
                hint=f"the columns are {', '.join(header.names)}",
            )
    given = {*columns, *mapping.constants}
    if "through" in given:
        given.add("until")
    if mapping.document is not None:
        given |= {"source", "place"}
    missing = [column.name for column in header.columns if column.needed and column.name not in given]
    if missing:
        raise SourceError(
            f"there is no column `{missing[0]}`",
            where=f"{path}, row 1",
            hint="add it; a mapping can say which column it is, or give it for all rows under `constants`",
        )


def _schemes(path: Path, table: Table, mapping: Mapping) -> tuple[str, ...]:
    """Of all identifiers that the file gives: what has one of them is looked for in the graph."""
    wanted = {column for name, column in table.columns.items() if name in _IDS}
    cells = [value for name, value in mapping.constants.items() if name in _IDS]
    schemes = {cell.partition(":")[0] for cell in cells if ":" in cell}
    if wanted:
        try:
            with path.open(encoding="utf-8-sig" if table.encoding == "utf-8" else table.encoding, newline="") as file:
                for row in csv.DictReader(file, delimiter=mapping.delimiter):
                    parts = [part.strip() for column in wanted for part in str(row.get(column) or "").split("|")]
                    schemes |= {part.partition(":")[0] for part in parts if ":" in part}
        except (UnicodeDecodeError, csv.Error):
            return ()
    return tuple(sorted(schemes))
