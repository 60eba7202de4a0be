"""To whom a letter goes, from its printed names: a body that is known, or one of its own whose kind its name shows.

The rules, in order; `docs/explanation/addressees.md` gives an example of each.

1. What names nobody ("REDACTED", "Various") or a private person ("Mr …") is left out and told.
2. A post ("Chief Executive of …", "The Mayor of London") is an office of its own, and leads to no body.
3. A name leads to the one body that the directory knows by it on that day. Two that fit are none.
4. Everything else is a body of its own, one for each name as `name_key` folds it, and nothing more is said of it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from graph.errors import SchemaError
from graph.loaders.directory import Directory
from graph.loaders.identity import own_id
from graph.schema.ids import name_key
from graph.schema.safety import check_public_text

__all__ = ["Addressee", "read_addressee"]

_PERSON: Final = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Sir|Dame|Lord|Lady|Rev|MP|Right Honourable)\b\.?\s")
_MEMBER: Final = re.compile(r"\bMP\b")
_ORGANISATION: Final = re.compile(r"\b(?:Cyngor|Surgery|Practice|Limited|Ltd|Trust)\b")
_POST: Final = re.compile(
    r"(?:The )?(?:Chief (?:Executive|Constable|Medical|Midwifery|Coroner|Nurs)|Governor|Officer of|Service Director|"
    r"Secretary of State|Cabinet Secretary|First Minister|Mayor|Head of|Director of|Inspector of|High Commissioner|"
    r"Children[’']s Commissioner|County Surveyor|Queen[’']s Harbour Master)\b"
)
_CHIEFS: Final = re.compile(r"Chief Constables$")
_KINDS: Final = (
    ("Company", re.compile(r"\b(?:Ltd|Limited|plc|LLP|GmbH)\b\.?", re.IGNORECASE)),
    ("HealthBody", re.compile(r"\b(?:NHS (?:Foundation )?Trust|Health Board|Integrated Care Board|"
                              r"Clinical Commissioning Group)\b", re.IGNORECASE)),
    ("PoliceForce", re.compile(r"\b(?:Police|Constabulary)$")),
    ("Council", re.compile(r"\b(?:City|County|Borough|District|Town|Parish) Council$", re.IGNORECASE)),
)  # fmt: skip


class Addressee(NamedTuple):
    """Who is addressed: `own` is the source's own id, `entity` where it leads."""

    own: str
    entity: str
    name: str
    kind: str

    @property
    def is_known(self) -> bool:
        """Whether loaded data holds the body."""
        return self.own != self.entity


def read_addressee(
    text: str, day: date | None, *, scheme: str, directory: Directory, nobody: frozenset[str]
) -> Addressee | None:
    """The addressee that one printed name means, or None where it names nobody that may be stored.

    `nobody` are words, folded by `name_key`, that stand in the list and name no addressee.
    """
    name = " ".join(text.replace("[REDACTED]", "").split())
    if not name or name_key(name) in nobody or _is_person(name) or not _is_public(name):
        return None
    slug = name_key(name).replace(" ", "-")
    if _CHIEFS.search(name):
        own = own_id("group", f"{scheme}:{slug}")
        return Addressee(own, own, name, "Group")
    if _POST.match(name):
        own = own_id("office", f"{scheme}:{slug}")
        return Addressee(own, own, name, "Office")
    own = own_id("body", f"{scheme}:{slug}")
    return Addressee(own, directory.find(name, day) or own, name, _kind_of(name))


def _is_person(name: str) -> bool:
    return bool(_PERSON.search(name) or _MEMBER.search(name)) and not _ORGANISATION.match(name)


def _is_public(name: str) -> bool:
    """Whether it holds no postcode, telephone number or the like."""
    try:
        check_public_text(name)
    except SchemaError:
        return False
    return True


def _kind_of(name: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "Body")
