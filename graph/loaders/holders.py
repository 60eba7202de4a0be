"""Bodies with the holders of their posts, as a list in whose cells people wrote a name and sometimes more.

What is read of a cell is a name and nothing else; a cell that is not plainly one is left out and told, unless the
description says what it means. The list says who held a post in its year, not from when or until when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.errors import SchemaError
from graph.loaders.identity import own_id
from graph.loaders.reading import Reading
from graph.loaders.rows import Row
from graph.schema import Claim, GivenDates
from graph.schema.ids import name_key

__all__ = ["Holder", "claims", "plain_name"]

_TITLE: Final = re.compile(
    r"(?:The|Rt\.? Hon(?:ourable)?|Right Hon(?:ourable)?|Hon(?:ourable)?|HH|His Honour|Mr(?! Justice)|Mrs|Ms|Miss|Dr|"
    r"Prof(?:essor)?|Sir|Dame|ACM|Rear Admiral \(Ret'd\)|Admiral|Brigadier|Captain|General|Lt Col|Wg Cdr)\.? "
)
"""Not part of a name: a knighthood or a chair does not make another person of somebody. Peers have no other name."""
_LETTERS: Final = re.compile(
    r"(?:,? (?:[A-Z]{2,}|Q\.C\.?|BSc|Bt\.?|Cstat|HonFRCVS))+$"  # degrees and honours stand in capitals
)
_NAME: Final = re.compile(r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|of|the)){1,4}")
"""Longer ones are several people between whom a line break was."""
_NO_NAME: Final = re.compile(
    r"\b(?:Acting|Board|CEO|Chair|Chairs|Chief|Civil|Commissioner|Committee|Director|Executive|Head|Interim|Minister|"
    r"Multiple|Office|Officer|Panel|President|Secretariat|Secretary|Servant|Service|Speaker|Tribunal|Vacant)\b"
)
"""Words of posts: a cell that has one says more than a name."""

_DEPARTMENT: Final = "Department"


class Holder(BaseModel):
    """Somebody whom a cell names, and how the post was held."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    acting: bool = False
    interim: bool = False
    joint: bool = False

    @property
    def qualifiers(self) -> dict[str, str]:
        """In the words of the schema."""
        return {word: "yes" for word in ("acting", "interim", "joint") if getattr(self, word)}


class Settings(BaseModel):
    """What the words of the list mean. `scheme` is that of its own keys, which are the names of the bodies."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheme: str
    kinds: dict[str, str]
    """Sub-kinds of bodies by the word of the list."""
    posts: dict[str, str]
    """What the post is called that a column gives."""
    sponsors: dict[str, str]
    """Identifiers of the departments to which bodies belong, by how the list writes them."""
    nobody: tuple[str, ...]
    """Cells that name no one."""
    notes: dict[str, str | None]
    """Words beside a name: those that say how the post is held, with the qualifier, and those that add nothing."""
    read_as: dict[str, tuple[Holder, ...]]
    """Cells that a person read, because no rule does."""


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a list of bodies."""
    settings = reading.settings(Settings)
    yield from reading.each("bodies", lambda row: _body(reading, settings, row))


def _body(reading: Reading, settings: Settings, row: Row) -> Iterator[Claim]:
    count, name, sponsor, word = (row.text(field) for field in ("count", "name", "sponsor", "kind"))
    cells = {post: row.text(post) for post in settings.posts}
    if name is None or sponsor is None:
        reading.remark(row, "a sum or a note, and no body")
        return
    if count is None or not count.isdecimal():
        raise SchemaError(f"`count` is not a number: {count!r}")
    if int(count) > 1:
        reading.remark(row, f"it stands for {count} bodies, of which none is named: left out")
        return
    kind = settings.kinds.get(word or "")
    if kind is None:
        raise SchemaError(f"`kind`: {word!r} is not among the kinds of the description")
    key = name_key(name).replace(" ", "-")
    body = own_id("body", f"{settings.scheme}:{key}")
    yield from reading.names(row, body, kind, name)
    if int(count) == 0:
        reading.remark(row, "it had ceased before the day of the list, says its count: its posts are left out")
        return
    if kind == _DEPARTMENT:
        pass  # it is its own department
    elif sponsor in settings.sponsors:
        department = own_id("body", settings.sponsors[sponsor])
        yield reading.says(row, body, "PART_OF", department, dates=GivenDates(on=reading.as_at))
    else:
        reading.remark(row, f"the description does not say who {sponsor!r} is: to whom it belongs is left out")
    for post, cell in cells.items():
        holders = _holders(settings, cell)
        if holders is None:
            reading.remark(row, f"`{post}` is not plainly one name: {cell!r} is left out")
        else:
            yield from _post(reading, settings, row, body, post, holders)


def _post(
    reading: Reading, settings: Settings, row: Row, body: str, post: str, holders: tuple[Holder, ...]
) -> Iterator[Claim]:
    """Whoever is named in the entry of one body under one name is one person; nobody is joined beyond it."""
    key, in_the_year = body.partition(".")[2], GivenDates(on=reading.as_at)
    office = own_id("office", f"{settings.scheme}:{post.replace('_', '-')}~{key}")
    if holders:
        yield from reading.names(row, office, "Office", f"{settings.posts[post]} of {row.key}")
        yield reading.says(row, office, "OFFICE_OF", body, dates=in_the_year)
    for holder in holders:
        name = plain_name(holder.name)
        person = own_id("person", f"{settings.scheme}:{key}~{name_key(name).replace(' ', '-')}")
        yield from reading.names(row, person, "Person", name)
        if name != holder.name:
            yield reading.says(row, person, "other_name", value=holder.name)
        yield reading.says(row, person, "HELD", office, dates=in_the_year, qualifiers=holder.qualifiers)


def _holders(settings: Settings, cell: str | None) -> tuple[Holder, ...] | None:
    """Whom a cell names: nobody, one, or several; None where that is not plain."""
    if cell is None or cell in settings.nobody:
        return ()
    if cell in settings.read_as:
        return settings.read_as[cell]
    name, qualifier = _without_note(settings, cell)
    if _NAME.fullmatch(plain_name(name)) is None or _NO_NAME.search(name):
        return None
    return (Holder.model_validate({"name": name, **({qualifier: True} if qualifier else {})}),)


def _without_note(settings: Settings, cell: str) -> tuple[str, str | None]:
    for note, qualifier in settings.notes.items():
        for ending in (f" ({note})", f" - {note}", f", {note}"):
            if cell.endswith(ending):
                return cell.removesuffix(ending), qualifier
    return cell, None


def plain_name(printed: str) -> str:
    """A name without titles before it and letters behind it; as printed where nothing but a surname would be left."""
    name = _LETTERS.sub("", printed.rstrip(" ."))
    while (title := _TITLE.match(name)) is not None:
        name = name[title.end() :]
    return name if " " in name else printed
