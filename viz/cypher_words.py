"""What the Cypher editor completes: what the schema has, and words of the language."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from graph.schema import SCHEMA

__all__ = ["cypher_words"]

_KEYWORDS: Final = (
    "ALL AND AS ASC BY CALL CASE COLLECT CONTAINS COUNT DESC DISTINCT ELSE END ENDS EXISTS EXPLAIN FALSE IN IS LIMIT "
    "MATCH NOT NULL OPTIONAL OR ORDER PROFILE RETURN SKIP STARTS THEN TRUE UNION UNWIND WHEN WHERE WITH XOR YIELD"
)
_FUNCTIONS: Final = (
    "all any avg ceil coalesce collect count date datetime duration elementId endNode exists floor head id isEmpty "
    "keys labels last left length max min nodes none percentileCont properties range reduce relationships replace "
    "reverse right round single size split startNode substring sum tail toFloat toInteger toLower toString toUpper "
    "trim type"
)
_OF_CLAIMS: Final = (
    "id subject predicate object value_text from_text until_text on_text from_earliest from_latest until_earliest "
    "until_latest known_latest recorded_at retracted_at method review deprecated"
)
_OF_PLACES: Final = ("locator", "page", "anchor")
_OF_RECORD: Final = (("Claim", "Document", "Load", "Version"), ("CITES", "SUBJECT", "OBJECT", "SAID_BY", "VERSION_OF"))


@cache
def cypher_words() -> dict[str, list[Any]]:
    """Words by what they are."""
    labels = {label for kind in SCHEMA.kinds for label in (kind.label, *kind.sub_kinds)}
    types = {relationship.name for relationship in SCHEMA.relationships}
    properties = {one.name for kind in SCHEMA.kinds for one in kind.properties}
    qualifiers = {one.name for relationship in SCHEMA.relationships for one in relationship.qualifiers}
    return {
        "keywords": _KEYWORDS.split(),
        "functions": _FUNCTIONS.split(),
        "labels": sorted({"Entity", *labels, *_OF_RECORD[0]}),
        "types": sorted({*types, *_OF_RECORD[1]}),
        "properties": sorted({"id", "name", *properties, *qualifiers, *_OF_CLAIMS.split(), *_OF_PLACES}),
    }
