"""What must not be said of anyone: private fields, contact details, and words that point at a private person.

The graph holds institutions, and people acting in public office or as authors of public documents. These checks
refuse what could name or describe anybody else; they err on the side of refusing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from graph.errors import SchemaError
from graph.schema.ids import check_text

__all__ = [
    "PRIVATE_FIELDS",
    "check_no_private_field",
    "check_person_name",
    "check_place",
    "check_public_text",
    "check_said",
]

PRIVATE_FIELDS: Final = frozenset(
    {
        "address", "age", "aliases_of_victim", "birth_date", "birthplace", "born", "children", "date_of_birth", "death",
        "death_date", "dob", "dod", "e_mail", "email", "ethnicity", "family", "father", "gender", "health",
        "home_address", "image", "mobile", "mother", "nationality", "offender", "partner", "perpetrator", "phone",
        "photo", "postcode", "religion", "sex", "sexual_orientation", "spouse", "survivor", "suspect", "telephone",
        "victim",
    }
)  # fmt: skip

_SOMEBODY: Final = r"girl|boy|child|man|woman|victim|survivor|suspect|offender|witness|abuser|rapist|perpetrator"
# In small letters: titles such as "Victim Support" and "Child Protection Authority" name nobody.
_CALLED: Final = r"(?:victim|survivor|suspect|offender|abuser|rapist|perpetrator),? (?:called |named )?"

_NOT_IN_NAMES: Final = re.compile(
    r"\b(?:victim|survivor|suspect|offender|witness|abuser|rapist|perpetrator|complainant|defendant|accused|murderer|"
    r"convict(?:ed)?|p(?:a)?edophile|groomer)\b",
    re.IGNORECASE,
)
"""In the name of a person these name a part in a crime, whatever their letters; in that of a body they need not.
"Victims' Commissioner" passes, and so do surnames such as Child."""

_REFUSED: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+\.\w+")),
    ("a telephone number", re.compile(r"(?<![\d£$€.,-])(?:\+44|\(?0\d{2,4}\)?)[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")),
    ("a pseudonym of a private person", re.compile(rf"\b(?i:{_SOMEBODY}) [A-Z]\d?\b(?!['’.]\w)")),
    (
        "the age of a person",
        re.compile(rf"\b(?:{_SOMEBODY}),? aged \d{{1,2}}\b|\bat (?:the )?age (?:of )?\d", re.IGNORECASE),
    ),
    ("the age of a person", re.compile(rf"\b\d{{1,2}}[- ]year[- ]old (?:{_SOMEBODY})\b(?!s)", re.IGNORECASE)),
    ("a date of birth", re.compile(r"\b(?:born|date of birth|d\.o\.b)\b.{0,12}\d", re.IGNORECASE)),
    ("a person named as victim or offender", re.compile(rf"\b{_CALLED}[A-Z][a-z]+ [A-Z][a-z]+\b")),
    ("somebody's conviction", re.compile(r"\b(?:was|were|has been) (?:jailed|sentenced|convicted|found guilty)\b")),
    ("somebody's conviction", re.compile(r"\bpleaded guilty\b", re.IGNORECASE)),
    ("an insult", re.compile(r"\b(?:apologist|scum|evil|liar|coward(?:ly)?|disgusting|traitor)\b", re.IGNORECASE)),
)
_LIKE_CODES: Final = frozenset({"a telephone number", "a postcode"})


def check_no_private_field(name: str) -> None:
    """Raises SchemaError where a field says something private of a person."""
    if name.lower().replace("-", "_") in PRIVATE_FIELDS:
        raise SchemaError(
            f"`{name}` is a private field and is never stored",
            hint="the graph holds people only as holders of offices and authors of documents; leave this out",
        )


@lru_cache(maxsize=10_000)  # kinds, roles and phrases come again and again
def check_public_text(text: str, *, codes: bool = False) -> None:
    """Raises SchemaError where a name, summary or printed word could name or describe a private person.

    With `codes` what looks like a telephone number or a postcode may be the number of a row or of a paper.
    """
    for what, pattern in _REFUSED:
        if codes and what in _LIKE_CODES:
            continue
        match = pattern.search(text)
        if match is not None:
            raise SchemaError(
                f"the text holds {what}: {match.group()!r}",
                hint="leave out whatever could point at a private person, and what insults",
            )


def check_said(text: str) -> str:
    """`text` normalised: printed words, anchors, reasons and notes, which hold no more than names and summaries may."""
    checked = check_text(text)
    check_public_text(checked)
    return checked


def check_place(locator: str) -> str:
    """`locator` normalised: where in a document, which may be the number of a row."""
    checked = check_text(locator)
    check_public_text(checked, codes=True)
    return checked


def check_person_name(name: str) -> None:
    """Raises SchemaError where the name of a person says that they are a victim, an offender or the like."""
    match = _NOT_IN_NAMES.search(name)
    if match is not None:
        raise SchemaError(
            f"the name of a person holds {match.group()!r}",
            hint="the graph never names victims, survivors, offenders, suspects or witnesses; leave this person out",
        )
