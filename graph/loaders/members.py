"""Members of Parliament and holders of offices, as flat lists: terms by the names of positions, and members."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates
from graph.schema.dates import UNKNOWN

__all__ = ["member_claims", "term_claims"]


class TermSettings(BaseModel):
    """Which positions of a list of terms are offices, and which are seats in a house."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    offices: tuple[str, ...]
    """How the names of the offices begin that are read; other sources hold the others better."""
    houses: dict[str, str]
    """The house, by how its seats are called or end."""
    house_names: dict[str, str]


def term_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of lists of terms. A blank end is unknown: the list does not say that a term goes on."""
    settings = reading.settings(TermSettings)
    yield from reading.each("holders", lambda row: _holder(reading, settings, row))
    yield from reading.each("seats", lambda row: _seat(reading, settings, row))


def _holder(reading: Reading, settings: TermSettings, row: Row) -> Iterator[Claim]:
    position, key, name, dates = _term(row)
    if not position.startswith(settings.offices):
        if reading.is_first(f"left out: {position}"):
            reading.remark(row, f"terms as {position} are left out: no office that the description names")
        return
    office = own_id("office", f"{settings.scheme}-position:{position}")
    person = own_id("person", f"{settings.scheme}:{key}")
    yield from _person(reading, row, person, name, f"{settings.scheme}:{key}")
    if reading.is_first(office):
        yield reading.says(row, office, "kind", value="Office", key=office)
        yield reading.says(row, office, "name", value=position, key=office)
    yield reading.says(row, person, "HELD", office, dates=dates)


def _seat(reading: Reading, settings: TermSettings, row: Row) -> Iterator[Claim]:
    position, key, name, dates = _term(row)
    word = next((house for ending, house in settings.houses.items() if position.endswith(ending)), None)
    if word is None:
        raise SchemaError(f"`position`: {position!r} is no seat that the description knows")
    person = own_id("person", f"{settings.scheme}:{key}")
    yield from _person(reading, row, person, name, f"{settings.scheme}:{key}")
    house = own_id("body", f"{settings.scheme}-house:{word}")
    yield from _body(reading, row, house, "Body", settings.house_names[word])
    yield reading.says(row, person, "MEMBER_OF", house, dates=dates)


def _term(row: Row) -> tuple[str, str, str, GivenDates]:
    dates = GivenDates(row.date("since") or UNKNOWN, row.date("until") or UNKNOWN)
    return row.needed("position"), row.needed("person"), row.needed("name"), dates


class MemberSettings(BaseModel):
    """The house of a list of members, and words in its column of parties that name none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    house: str
    house_name: str
    not_parties: tuple[str, ...] = ()


def member_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a list of those who are members of a house on the day of the list."""
    settings = reading.settings(MemberSettings)
    yield from reading.each("members", lambda row: _member(reading, settings, row))


def _member(reading: Reading, settings: MemberSettings, row: Row) -> Iterator[Claim]:
    key, name, party = row.needed("person"), row.needed("name"), row.needed("party")
    since, is_current, is_member = row.date("since"), row.flag("current"), row.flag("member")
    if not (is_current and is_member):
        reading.remark(row, "no member of the house on the day of the list: left out")
        return
    person = own_id("person", f"{settings.scheme}:{key}")
    on_the_day = GivenDates(on=reading.as_at)
    yield from _person(reading, row, person, name, f"{settings.scheme}:{key}", on_the_day)
    house = own_id("body", f"{settings.scheme}-house:{settings.house}")
    yield from _body(reading, row, house, "Body", settings.house_name)
    yield reading.says(row, person, "MEMBER_OF", house, dates=GivenDates(since))
    if party not in settings.not_parties:
        body = own_id("body", f"{settings.scheme}-party:{party}")
        yield from _body(reading, row, body, "Party", party)
        yield reading.says(row, person, "MEMBER_OF", body, dates=on_the_day)


def _person(
    reading: Reading,
    row: Row,
    person: str,
    name: str,
    identifier: str,
    named: GivenDates = GivenDates(),  # noqa: B008  # an immutable tuple
) -> Iterator[Claim]:
    """Who has several terms is named with each of them, and it is one claim; `named` is when the name was borne."""
    yield reading.says(row, person, "kind", value="Person", key=person)
    yield reading.says(row, person, "name", value=name, key=person, dates=named)
    yield reading.says(row, person, "identifier", value=identifier, key=person)


def _body(reading: Reading, row: Row, body: str, kind: str, name: str) -> Iterator[Claim]:
    if reading.is_first(body):
        yield reading.says(row, body, "kind", value=kind, key=body)
        yield reading.says(row, body, "name", value=name, key=body)
