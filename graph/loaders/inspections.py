"""The latest inspection of each council by an inspectorate: its report, and the grades that it gave as findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates

__all__ = ["claims"]

_LONG: Final = ("%d/%m/%Y",)
_SHORT: Final = ("%d/%m/%y",)


class Settings(BaseModel):
    """Schemes, who inspects and what. `area_scheme` is that of the codes by which councils are known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    area_scheme: str
    provider_scheme: str
    inspector: str
    subject: str
    """What is inspected, as it stands in the names of inspections and findings."""
    judgements: dict[str, str]
    """What each column of grades judges."""
    grades: tuple[str, ...]


class _Provider(NamedTuple):
    area: str | None
    name: str


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a list of inspections; a second table says which council each of its codes means."""
    settings = reading.settings(Settings)
    providers = dict(
        reading.look("providers", lambda row: (row.needed("code"), _Provider(row.text("area"), row.needed("name"))))
    )
    yield from reading.each("inspections", lambda row: _inspection(reading, settings, providers, row))


def _inspection(reading: Reading, settings: Settings, providers: dict[str, _Provider], row: Row) -> Iterator[Claim]:
    code, provider, address = row.needed("code"), row.needed("provider"), row.needed("report")
    council, name = _council(reading, settings, providers, code)
    number = address.rpartition("/")[2]
    begun, ended = row.date("begun", forms=_LONG), row.date("ended", forms=_LONG)
    published = row.date("published", forms=_SHORT)
    if published is None:
        raise SchemaError("`published` is blank")
    inquiry = own_id("inquiry", f"{settings.scheme}:{number}")
    report = own_id("document", f"{settings.scheme}:{number}")
    title = f"Inspection of {settings.subject} in {name}, published {published}"
    yield reading.says(row, council, "identifier", value=f"{settings.provider_scheme}:{provider}")
    yield from reading.names(row, inquiry, "Inquiry", title)
    yield reading.says(row, inquiry, "form", value="inspection")
    for predicate, day in (("started", begun), ("ended", ended)):
        if day is None:
            reading.remark(row, f"the day on which the inspection {predicate} is blank")
        else:
            yield reading.says(row, inquiry, predicate, value=day)
    yield reading.says(row, inquiry, "EXAMINES", council)
    yield reading.says(row, inquiry, "PRODUCED", report, dates=GivenDates(on=published))
    yield from reading.names(row, report, "Document", f"Report: {title}")
    yield reading.says(row, report, "form", value="report")
    yield reading.says(row, report, "published", value=published)
    yield reading.says(row, report, "url", value=address)
    yield reading.says(row, report, "PUBLISHED_BY", settings.inspector)
    yield reading.says(row, report, "WRITTEN_BY", settings.inspector)
    for column, judged in settings.judgements.items():
        grade = row.text(column)
        if grade is None:
            reading.remark(row, f"`{column}` has no grade")
            continue
        if grade not in settings.grades:
            raise SchemaError(f"`{column}`: {grade!r} is not among the grades of the description")
        finding = own_id("finding", f"{settings.scheme}:{number}~{column.replace('_', '-')}")
        yield from reading.names(row, finding, "Finding", f"{judged}: {settings.subject} in {name}")
        yield reading.says(row, finding, "MADE_IN", report)
        yield reading.says(row, finding, "CONCERNS", council, qualifiers={"grade": grade})


def _council(reading: Reading, settings: Settings, providers: dict[str, _Provider], code: str) -> tuple[str, str]:
    """The council that a code means, by the code of its area; a council that no loaded source knows is refused."""
    provider = providers.get(code)
    if provider is None or provider.area is None:
        raise SchemaError(f"the look-up gives no area for the code {code}")
    council = own_id("body", f"{settings.area_scheme}:{provider.area}")
    if reading.identity.entity(council) == council:
        raise SchemaError(f"no source that is loaded before knows a council by the code {provider.area}")
    return council, provider.name
