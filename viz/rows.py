"""The tables below a picture: exactly what it shows, for those who do not see it, or have no scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from viz.kinds import TYPES

__all__ = ["entity_rows", "line_rows", "step_rows", "words_of"]


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
            "places": _places(line["claims"], documents),
        }
        for line in payload["relationships"]
    ]


def step_rows(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each step of a story, with the places in documents that its caption rests on."""
    steps = payload["story"]["steps"] if payload["story"] is not None else []
    said = [claim for line in payload["relationships"] for claim in line["claims"]] if steps else []
    said += [claim for entity in payload["entities"] for claim in entity["values"]] if steps else []
    claims = {claim["id"]: claim for claim in said}
    return [
        {**step, "places": _places([claims[one] for one in step["rests_on"]], payload["documents"])} for step in steps
    ]


def _places(claims: Sequence[Mapping[str, Any]], documents: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The places that make claims, each once."""
    places = [
        {
            "title": place["document"],
            "url": None,
            "locator": place.get("locator"),
            **documents.get(place["document"], {}),
        }
        for claim in claims
        for place in claim["places"]
    ]
    return [place for number, place in enumerate(places) if place not in places[:number]]


def words_of(claim: Mapping[str, Any]) -> str:
    """What a claim says beside its ends: qualifiers and dates."""
    given = claim.get("qualifiers", {})
    qualifiers = [f"{name}: {value}".replace("_", " ") for name, value in given.items()]
    return "; ".join([*qualifiers, *filter(None, [claim.get("dates")])])
