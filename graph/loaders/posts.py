"""People in posts, as related tables: people, bodies, posts, terms, and the parts into which terms are cut."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates

__all__ = ["claims"]


class Succession(BaseModel):
    """What a word of the source for a succession means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    how: str
    scope: str | None = None


class Whole(BaseModel):
    """The body of which all bodies of the source are parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    kind: str


class Settings(BaseModel):
    """What the description says of the words of the source. `scheme` is that of its own keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    person_scheme: str
    """Of the second identifier that people have."""
    body_kind: str
    other_kinds: dict[str, str] = {}
    """Kinds of bodies that are something else, by key."""
    whole: Whole | None = None
    successions: dict[str, Succession]
    houses: dict[str, str]
    """Full names of the houses of Parliament."""
    not_parties: tuple[str, ...] = ()
    """Words in the column of parties that name none."""
    topics: dict[str, str] = {}
    """Groups of posts whose name is a topic of the vocabulary."""


class _Part(NamedTuple):
    """A part of a term in which nothing changes."""

    since: str
    until: str | None
    is_acting: bool
    is_on_leave: bool
    rows: tuple[int, ...]


class _Span(NamedTuple):
    """From the first to the last term in a post; without an end while somebody is in it."""

    since: str
    until: str | None


@dataclass
class _Context:
    """What a first look at the tables finds, so that the second can follow their keys."""

    reading: Reading
    settings: Settings
    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    posts: dict[str, str] = field(default_factory=dict)
    """The body of each post."""
    spans: dict[str, _Span] = field(default_factory=dict)
    starts: dict[str, str] = field(default_factory=dict)
    """When the first term in any post of a body began."""
    parts: dict[str, list[_Part]] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    """The person of each seat in Parliament."""

    def own(self, prefix: str, key: str) -> str:
        return own_id(prefix, f"{self.settings.scheme}:{key}")


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of all tables. The keys of the smaller tables are kept in memory; the terms are streamed."""
    settings = reading.settings(Settings)
    context = _Context(reading, settings)
    _look(context)
    yield from reading.each("bodies", lambda row: _body(context, row))
    yield from reading.each("people", lambda row: _person(context, row))
    yield from reading.each("posts", lambda row: _post(context, row))
    yield from reading.each("terms", lambda row: _term(context, row))
    yield from reading.each("successions", lambda row: _succession(context, row))
    yield from reading.each("groups", lambda row: _group(context, row))
    yield from reading.each("seats", lambda row: _seat(context, row))
    yield from reading.each("parties", lambda row: _party(context, row))


def _look(context: _Context) -> None:
    reading = context.reading
    context.bodies = set(reading.look("bodies", lambda row: row.needed("body")))
    context.people = set(reading.look("people", lambda row: row.needed("person")))
    context.posts = dict(reading.look("posts", lambda row: (row.needed("post"), row.text("body") or "")))
    for post, since, until in reading.look(
        "terms", lambda row: (row.needed("post"), row.date("since"), row.date("until"))
    ):
        _widen(context.spans, post, since, until)
    for term, part in reading.look("parts", _part):
        context.parts.setdefault(term, []).append(part)
    for post, span in context.spans.items():
        body = context.posts.get(post, "")
        context.starts[body] = min(context.starts.get(body, span.since), span.since)


def _part(row: Row) -> tuple[str, _Part]:
    since, until = row.date("since") or "", row.date("until")
    return row.needed("term"), _Part(since, until, row.flag("acting"), row.flag("on_leave"), (row.number,))


def _widen(spans: dict[str, _Span], post: str, since: str | None, until: str | None) -> None:
    if since is None or (until is not None and until < since):
        return
    span = spans.get(post, _Span(since, until))
    end = None if span.until is None or until is None else max(span.until, until)
    spans[post] = _Span(min(span.since, since), end)


def _body(context: _Context, row: Row) -> Iterator[Claim]:
    reading, settings = context.reading, context.settings
    key = row.needed("body")
    body = context.own("body", key)
    kind = settings.other_kinds.get(key, settings.body_kind)
    yield from reading.names(row, body, kind, row.needed("name"), f"{settings.scheme}:{key}")
    short = row.text("short_name")
    if short is not None:
        yield reading.says(row, body, "other_name", value=short)
    since, until = row.date("since"), row.date("until")
    for name, value in (("started", since), ("ended", until)):
        if value is not None:
            yield reading.says(row, body, name, value=value)
    if settings.whole is not None:
        yield from _once(reading, row, settings.whole.id, settings.whole.kind, settings.whole.name)
        dates = GivenDates(since or context.starts.get(key), until)
        yield reading.says(row, body, "PART_OF", settings.whole.id, dates=dates, method="reading")


def _person(context: _Context, row: Row) -> Iterator[Claim]:
    """A person has a row for each name, with the days on which it was borne."""
    reading, settings = context.reading, context.settings
    key = row.needed("person")
    second = row.whole_number("second_key")
    other = f"{settings.person_scheme}:{second}" if second is not None else None
    person = reading.own("person", f"{settings.scheme}:{key}", other)
    dates = GivenDates(row.date("since"), row.date("until"))
    name = row.needed("name")
    yield reading.says(row, person, "kind", value="Person", key=f"{row.file} {key}")
    yield reading.says(row, person, "name", value=name, dates=dates)
    for identifier in (f"{settings.scheme}:{key}", other):
        if identifier is not None:
            yield reading.says(row, person, "identifier", value=identifier, key=f"{row.file} {key}")


def _post(context: _Context, row: Row) -> Iterator[Claim]:
    """A post belongs to its body from the first to the last term in it, as far as the source shows."""
    reading, settings = context.reading, context.settings
    key = row.needed("post")
    office = context.own("office", key)
    yield from reading.names(row, office, "Office", row.needed("name"), f"{settings.scheme}:{key}")
    body = _known(context.bodies, row.needed("body"), "body")
    span = context.spans.get(key)
    dates = GivenDates(span.since, span.until) if span is not None else GivenDates()
    yield reading.says(row, office, "OFFICE_OF", context.own("body", body), dates=dates)


def _term(context: _Context, row: Row) -> Iterator[Claim]:
    reading = context.reading
    key = row.needed("term")
    person = context.own("person", _known(context.people, row.needed("person"), "person"))
    office = context.own("office", _known(context.posts, row.needed("post"), "post"))
    since, until = row.date("since"), row.date("until")
    parts = _runs(context, row, since, until, context.parts.pop(key, []))
    table = reading.description.tables["parts"].file
    for part in parts:
        qualifiers = {"acting": part.is_acting, "on_leave": part.is_on_leave}
        rows = ", ".join(str(number) for number in part.rows)
        yield reading.says(
            row,
            person,
            "HELD",
            office,
            dates=GivenDates(part.since or None, part.until),
            qualifiers={name: "yes" for name, value in qualifiers.items() if value},
            also_at=f"{table}, row {rows}" if rows else None,
        )


def _runs(context: _Context, row: Row, since: str | None, until: str | None, parts: list[_Part]) -> list[_Part]:
    """The parts of a term, those in which nothing changes as one; the term itself says when it began and ended."""
    if not parts:
        return [_Part(since or "", until, is_acting=False, is_on_leave=False, rows=())]
    runs: list[_Part] = []
    for part in sorted(parts):
        last = runs[-1] if runs else None
        if last is not None and last[1:4] == (part.since, part.is_acting, part.is_on_leave):
            runs[-1] = last._replace(until=part.until, rows=last.rows + part.rows)
        else:
            runs.append(part)
    if (runs[0].since or None, runs[-1].until) != (since, until):
        given = f"{runs[0].since} to {runs[-1].until}"
        context.reading.remark(row, f"its parts run from {given}, the term from {since} to {until}: the term counts")
    runs[0] = runs[0]._replace(since=since or "")
    runs[-1] = runs[-1]._replace(until=until)
    return runs


def _succession(context: _Context, row: Row) -> Iterator[Claim]:
    word = row.needed("type")
    meaning = context.settings.successions.get(word)
    if meaning is None:
        raise SchemaError(f"`type`: {word!r} is not among the successions of the description")
    before = context.own("body", _known(context.bodies, row.needed("before"), "body"))
    after = context.own("body", _known(context.bodies, row.needed("after"), "body"))
    qualifiers = meaning.model_dump(exclude_none=True)
    yield context.reading.says(
        row, before, "SUCCEEDED_BY", after, dates=GivenDates(on=row.date("on")), qualifiers=qualifiers
    )


def _group(context: _Context, row: Row) -> Iterator[Claim]:
    """Posts that the source puts together by their names, which is not yet a responsibility."""
    reading, settings = context.reading, context.settings
    row.skip("relationship")
    post = _known(context.posts, row.needed("post"), "post")
    name = row.needed("group")
    group = own_id("group", f"{settings.scheme}-group:{name}")
    office = context.own("office", post)
    span = context.spans.get(post)
    dates = GivenDates(span.since, span.until) if span is not None else GivenDates()
    yield from _once(reading, row, group, "Group", f"Posts grouped as {name}")
    yield reading.says(row, office, "MEMBER_OF", group, dates=dates)
    if name in settings.topics:
        yield reading.says(row, office, "RESPONSIBLE_FOR", settings.topics[name], dates=dates, method="reading")


def _seat(context: _Context, row: Row) -> Iterator[Claim]:
    reading, settings = context.reading, context.settings
    seat = row.needed("seat")
    person = _known(context.people, row.needed("person"), "person")
    word = row.needed("house")
    if word not in settings.houses:
        raise SchemaError(f"`house`: {word!r} is not among the houses of the description")
    context.members[seat] = person
    house = own_id("body", f"{settings.scheme}-house:{word}")
    yield from _once(reading, row, house, "Body", settings.houses[word])
    dates = GivenDates(row.date("since"), row.date("until"))
    yield reading.says(row, context.own("person", person), "MEMBER_OF", house, dates=dates)


def _party(context: _Context, row: Row) -> Iterator[Claim]:
    reading = context.reading
    row.skip("part")
    person = context.members.get(row.needed("seat"))
    name = row.needed("party")
    dates = GivenDates(row.date("since"), row.date("until"))
    if person is None:
        raise SchemaError("`seat` is not among the seats")
    if name in context.settings.not_parties:
        return
    party = own_id("body", f"{context.settings.scheme}-party:{name}")
    yield from _once(reading, row, party, "Party", name)
    yield reading.says(row, context.own("person", person), "MEMBER_OF", party, dates=dates)


def _once(reading: Reading, row: Row, entity: str, kind: str, name: str) -> Iterator[Claim]:
    """What the source names in many rows and keeps in no table of its own."""
    if reading.is_first(entity):
        yield reading.says(row, entity, "kind", value=kind, key=entity)
        yield reading.says(row, entity, "name", value=name, key=entity)


def _known(keys: Container[str], key: str, what: str) -> str:
    if key not in keys:
        raise SchemaError(f"there is no {what} {key}")
    return key
