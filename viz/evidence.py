"""The places in documents that a row rests on, each once, with an address that leads to the very place where it can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from viz.payload import safe_address

__all__ = ["place_address", "places_of"]

_MARKS: Final = (("method", "reading", "a reading"), ("review", "unchecked", "unchecked"))


def places_of(evidence: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The places of claims as a page shows them; several claims of one place are one."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for claim in evidence:
        key = tuple(claim[name] for name in ("document", "locator", "anchor", "said_by", "url"))
        place = found.get(key)
        if place is None:
            place = found[key] = _place(claim)
        place["marks"] += [mark for mark in _marks(claim) if mark not in place["marks"]]
    return list(found.values())


def _place(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "document": claim["document"],
        "title": claim["title"] or claim["document"],
        "url": place_address(claim["url"], claim["page"], claim["anchor"]),
        "locator": claim["locator"] or (f"page {claim['page']}" if claim["page"] is not None else None),
        "anchor": claim["anchor"],
        "said_by": claim["said_by"],
        "marks": [],
    }


def _marks(claim: Mapping[str, Any]) -> list[str]:
    marks = [mark for name, value, mark in _MARKS if claim[name] == value]
    return [*marks, "deprecated"] if claim["deprecated"] is not None else marks


def place_address(url: str | None, page: Any, anchor: str | None) -> str | None:
    """Where the place can be read: the page of a PDF, or the words in a page of the web; none for no web address."""
    address = safe_address(url)
    if address is None or urlsplit(address).fragment:
        return address
    if urlsplit(address).path.lower().endswith(".pdf"):
        return f"{address}#page={page}" if isinstance(page, int) else address
    # A hyphen ends a prefix in this notation.
    return f"{address}#:~:text={quote(anchor, safe='').replace('-', '%2D')}" if anchor else address
