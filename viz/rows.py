"""The tables below a picture: exactly what it shows, for those who do not see it, or have no scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from viz.kinds import TYPES

__all__ = ["entity_rows", "line_rows", "words_of"]


def entity_rows(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each entity of a view."""
    touched: Counter[str] = Counter()
    for line in payload["relationships"]:
        touched.update({line["subject"], line["object"]})
    return [
        {
            "id": entity["id"],
            "name": entity["name"],
            "kind": entity["sub_kind"] or entity["kind"],
            "date": entity["date"][0] if entity["date"] else "",
            "relationships": touched[entity["id"]],
        }
        for entity in payload["entities"]
    ]


def line_rows(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each relationship of a view, with the places in documents that make it."""
    names = {entity["id"]: entity["name"] for entity in payload["entities"]}
    documents = payload["documents"]
    return [
        {
            "id": line["id"],
            "subject": names[line["subject"]],
            "words": TYPES[line["predicate"]]["forward"],
            "object": names[line["object"]],
            "said": " / ".join(dict.fromkeys(filter(None, map(words_of, line["claims"])))),
            "places": [
                {
                    "title": place["document"],
                    "url": None,
                    "locator": place.get("locator"),
                    **documents.get(place["document"], {}),
                }
                for claim in line["claims"]
                for place in claim["places"]
            ],
        }
        for line in payload["relationships"]
    ]


def words_of(claim: Mapping[str, Any]) -> str:
    """What a claim says beside its ends: qualifiers and dates."""
    given = claim.get("qualifiers", {})
    qualifiers = [f"{name}: {value}".replace("_", " ") for name, value in given.items()]
    return "; ".join([*qualifiers, *filter(None, [claim.get("dates")])])
