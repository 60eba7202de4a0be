"""Councils and police forces, the areas for which they act, and which areas lie in which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates
from graph.schema.ids import name_key

__all__ = ["council_claims", "police_area_claims", "police_force_claims"]

_ONE_DAY = timedelta(days=1)


class CouncilSettings(BaseModel):
    """Schemes of the keys, and starts that the source gives for another reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    area_scheme: str
    kind: str
    not_starts: dict[str, str] = {}
    """Beginnings of dates that are no starts, each with the reason."""


class _Council(BaseModel):
    """What other rows need of a council."""

    model_config = ConfigDict(frozen=True)

    area: str | None
    since: str | None
    until: str | None


def council_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a list of councils, past and present, with their areas."""
    settings = reading.settings(CouncilSettings)
    councils = dict(reading.look("councils", lambda row: _outline(settings, row)))
    yield from reading.each("councils", lambda row: _council(reading, settings, councils, row))


def _outline(settings: CouncilSettings, row: Row) -> tuple[str, _Council]:
    since, until = _start(settings, row), _first_day_after(row.date("until"))
    return row.needed("code"), _Council(area=row.text("area_code"), since=since, until=until)


def _start(settings: CouncilSettings, row: Row) -> str | None:
    since = row.date("since")
    return None if since is not None and since.startswith(tuple(settings.not_starts)) else since


def _first_day_after(end: str | None) -> str | None:
    """The source gives now the last day, now the successor's first: the last of a month is a last day."""
    if end is None or len(end) < len("2021-04-01"):
        return end
    following = date.fromisoformat(end) + _ONE_DAY
    return following.isoformat() if following.day == 1 else end


def _council(reading: Reading, settings: CouncilSettings, councils: dict[str, _Council], row: Row) -> Iterator[Claim]:
    code = row.needed("code")
    council = own_id("body", f"{settings.scheme}:{code}")
    official, nice = row.needed("official_name"), row.needed("name")
    given_start, given_end, area_code = row.date("since"), row.date("until"), row.text("area_code")
    former_codes = row.texts("former_area_codes")
    codes = [f"{settings.area_scheme}:{value}" for value in (area_code, *former_codes) if value]
    yield from reading.names(row, council, settings.kind, official, f"{settings.scheme}:{code}", *codes)
    seen = {name_key(official)}
    for name in (nice, *row.texts("other_names")):
        if name_key(name) not in seen:
            seen.add(name_key(name))
            yield reading.says(row, council, "other_name", value=name)
    since, until = councils[code].since, councils[code].until
    if given_start is not None and since is None:
        reason = next(why for start, why in settings.not_starts.items() if given_start.startswith(start))
        reading.remark(row, f"the start {given_start} is not taken: {reason}")
    for predicate, value in (("started", since), ("ended", given_end)):
        if value is not None:
            yield reading.says(row, council, predicate, value=value)
    dates = GivenDates(since, until)
    yield from _area(reading, settings, councils, row, nice, codes, council, dates)
    for successor in row.texts("successors"):
        yield _succession(reading, settings, councils, row, code, successor, until)


def _area(
    reading: Reading,
    settings: CouncilSettings,
    councils: dict[str, _Council],
    row: Row,
    name: str,
    codes: list[str],
    council: str,
    dates: GivenDates,
) -> Iterator[Claim]:
    nation, region = row.needed("nation"), row.text("region")
    wider = [row.text("county"), row.text("combined_authority")]
    if not codes:
        return
    place = own_id("place", codes[0])
    yield from reading.names(row, place, "Place", name, *codes)
    yield reading.says(row, place, "code", value=codes[0].partition(":")[2])
    yield reading.says(row, council, "COVERS", place, dates=dates)
    for code in wider:
        if code is None:
            continue
        if code not in councils:
            raise SchemaError(f"there is no council {code}")
        area = councils[code].area
        if area is not None:
            target = own_id("place", f"{settings.area_scheme}:{area}")
            yield reading.says(row, place, "PART_OF", target, dates=dates)
    yield from _in_region(reading, settings, row, place, nation, region, dates)


def _in_region(
    reading: Reading,
    settings: CouncilSettings,
    row: Row,
    place: str,
    nation: str,
    region: str | None,
    dates: GivenDates,
) -> Iterator[Claim]:
    whole = own_id("place", f"{settings.scheme}-nation:{nation}")
    if reading.is_first(whole):
        yield reading.says(row, whole, "kind", value="Place", key=whole)
        yield reading.says(row, whole, "name", value=nation, key=whole)
    yield reading.says(row, place, "PART_OF", whole, dates=dates)
    if region is None or region == nation:
        return
    part = own_id("place", f"{settings.scheme}-region:{region}")
    if reading.is_first(part):
        yield reading.says(row, part, "kind", value="Place", key=part)
        yield reading.says(row, part, "name", value=region, key=part)
        yield reading.says(row, part, "PART_OF", whole, key=part)
    yield reading.says(row, place, "PART_OF", part, dates=dates)


def _succession(
    reading: Reading,
    settings: CouncilSettings,
    councils: dict[str, _Council],
    row: Row,
    code: str,
    successor: str,
    until: str | None,
) -> Claim:
    after = councils.get(successor)
    if after is None:
        raise SchemaError(f"there is no council {successor}")
    if after.since is not None and until is not None and after.since != until:
        reading.remark(row, f"{code} ended by {until}, but {successor} starts on {after.since}")
    before, target = (own_id("body", f"{settings.scheme}:{c}") for c in (code, successor))
    return reading.says(
        row, before, "SUCCEEDED_BY", target, dates=GivenDates(on=until), key=f"succession {code} {successor}"
    )


class PoliceAreaSettings(BaseModel):
    """Schemes of the keys, and which force polices which area: the look-up names areas only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    force_scheme: str
    forces: dict[str, str]


def police_area_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a look-up from districts to police areas, as they were on the day of the look-up."""
    settings = reading.settings(PoliceAreaSettings)
    yield from reading.each("districts", lambda row: _district(reading, settings, row))


def _district(reading: Reading, settings: PoliceAreaSettings, row: Row) -> Iterator[Claim]:
    district, area = row.needed("district"), row.needed("area")
    dates: dict[str, Any] = {"dates": GivenDates(on=reading.as_at)}
    places = []
    for code, name in ((district, row.needed("district_name")), (area, row.needed("area_name"))):
        place = own_id("place", f"{settings.scheme}:{code}")
        places.append(place)
        yield reading.says(row, place, "kind", value="Place", key=code)
        yield reading.says(row, place, "name", value=name, key=code)
        yield reading.says(row, place, "code", value=code, key=code)
        yield reading.says(row, place, "identifier", value=f"{settings.scheme}:{code}", key=code)
    yield reading.says(row, places[0], "PART_OF", places[1], key=f"{district} {area}", **dates)
    force = settings.forces.get(area)
    if force is None:
        raise SchemaError(f"the description does not say which force polices {area}")
    body = own_id("body", f"{settings.force_scheme}:{force}")
    yield reading.says(row, body, "POLICES", places[1], key=area, method="reading", **dates)


class ForceSettings(BaseModel):
    """The scheme of a register of police forces."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    kind: str


def police_force_claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a register of police forces."""
    settings = reading.settings(ForceSettings)
    yield from reading.each("forces", lambda row: _force(reading, settings, row))


def _force(reading: Reading, settings: ForceSettings, row: Row) -> Iterator[Claim]:
    identifier = f"{settings.scheme}:{row.needed('force')}"
    yield from reading.names(row, own_id("body", identifier), settings.kind, row.needed("name"), identifier)
