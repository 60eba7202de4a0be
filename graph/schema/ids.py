"""Ids of entities (`kind:slug`) and of claims (a hash of what they say)."""

from __future__ import annotations

import json
import re
import unicodedata
from hashlib import sha256

from graph.errors import SchemaError

__all__ = ["ENTITY_ID", "check_entity_id", "check_text", "digest_of", "kind_prefix", "name_key"]

ENTITY_ID = r"^[a-z][a-z0-9]*:[A-Za-z0-9._~-]{1,120}$"
LONGEST_TEXT = 4_000
"""Names, summaries and printed words beyond this length are a mistake of the file, not something a document says."""

_ENTITY_ID = re.compile(ENTITY_ID)
_DIGEST_LENGTH = 24
"""Hex digits kept of a SHA-256: 96 bits, so that two among a thousand million claims collide with chance 1e-11."""
_ASCII_KEYS = {ord(c): c.lower() if c.isalnum() else None if c == "'" else " " for c in map(chr, range(128))}
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
_ALLOWED_CONTROLS = {"\n", "\t"}
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check_entity_id(entity: str) -> str:
    """`entity` itself; raises SchemaError where it is not `kind:slug`."""
    if not _ENTITY_ID.match(entity) or entity.endswith("\n"):
        raise SchemaError(
            f"{entity[:140]!r} is not an id",
            hint="an id is kind:slug, such as body:home-office; the slug has 1 to 120 letters, digits or . _ ~ -",
        )
    return entity


def kind_prefix(entity: str) -> str:
    """The part of an id before the colon."""
    return entity.partition(":")[0]


def check_text(text: str) -> str:
    """`text` normalised to NFC; raises SchemaError for control and direction characters and for immoderate length."""
    if len(text) <= LONGEST_TEXT and text.isascii() and text.isprintable():
        return text
    for character in text:
        if character in _BIDI or (
            unicodedata.category(character) in {"Cc", "Cs"} and character not in _ALLOWED_CONTROLS
        ):
            raise SchemaError(
                f"the text holds the invisible character U+{ord(character):04X}",
                hint="type the text again instead of pasting it",
            )
    if len(text) > LONGEST_TEXT:
        raise SchemaError(
            f"the text has {len(text):,} characters; at most {LONGEST_TEXT:,} are taken",
            hint="say it shorter, in your own words",
        )
    return unicodedata.normalize("NFC", text)


def digest_of(parts: object) -> str:
    """A hash of JSON-able `parts` that is the same on every machine and in every run."""
    return sha256(_CANONICAL.encode(parts).encode()).hexdigest()[:_DIGEST_LENGTH]


def name_key(name: str) -> str:
    """The form in which names are compared: no case, no accents, `&` as `and`, punctuation and spaces folded."""
    if name.isascii():
        return " ".join(name.replace("&", " and ").translate(_ASCII_KEYS).split())
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c) and c not in "'’")
    return " ".join(kept.split())
