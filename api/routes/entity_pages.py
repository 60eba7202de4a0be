"""The page of an entity: what the named queries answer about it, and all that documents say of it."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response

from api.lookup import look_up, redirect
from api.models import TimesAsked
from api.pages import Site, answer_page, permalink
from api.replies import Version
from api.routes.neighbours import Id, pinned
from api.store import Graph
from graph.queries import Catalogue
from graph.queries.show import Dossier, read_dossier, read_entity, read_lines
from graph.schema import SCHEMA
from graph.store.connection import Reader
from viz.asker import Asker
from viz.dossier import claims_of, disputes_of, sections_of
from viz.entity_tables import tables_of
from viz.kinds import looks
from viz.payload import safe_address, without_controls

__all__ = ["entity_pages_router"]

_CLAIMS: Final = 200
_DISPUTES: Final = 50
_DATED: Final = {"Decision", "Event", "Recommendation", "Document"}
"""Kinds of which it can be asked who was in charge on their day."""
_TIMES: Final = {
    "valid_at": "States as on",
    "known_at": "Only what was public by",
    "recorded_at": "As this graph said it at",
}


class Read(TimesAsked):
    """How an entity is read."""

    include_unchecked: bool = False

    @property
    def given(self) -> dict[str, str]:
        """What was given, for addresses."""
        return {name: str(value).lower() for name, value in self.model_dump(mode="json").items() if value}


def entity_pages_router(graph: Graph, site: Site, catalogue: Catalogue) -> APIRouter:
    """`/entities/{id}`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/entities/{id}")
    def entity(request: Request, id: Id, asked: Annotated[Read, Query()]) -> Response:  # noqa: A002
        def work(reader: Reader, version: Version) -> str | Response:
            if (found := look_up(reader, id, is_past=asked.recorded_at is not None)) is not None:
                return redirect(request, "/entities/{id}", found)
            asker = Asker(reader, catalogue, pinned(asked.times, version), asked.given, asked.include_unchecked)
            link = permalink(request, version)
            return site.render("entity.html", request.url.path, **_entity(asker, id), permalink=link)

        return answer_page(graph, request, work)

    return router


def _entity(asker: Asker, wanted: str) -> dict[str, Any]:
    kind = SCHEMA.kind_of(wanted)
    dossier = read_dossier(asker.reader, wanted, asker.times, include_unchecked=asker.include_unchecked, limit=_CLAIMS)
    disputed = asker.ask("disputed-claims", {"entity": wanted}, limit=_DISPUTES).rows
    rivals = [claim for row in disputed for claim in claims_of(row)]
    _, properties = read_entity(asker.reader, wanted)
    return {
        "title": without_controls(dossier.name or wanted),
        "id": wanted,
        "kind": next((label for label in dossier.labels if label in kind.sub_kinds), kind.label),
        "look": looks()[kind.label],
        "head": _head(properties),
        "tables": tables_of(asker, wanted, kind.label),
        "disputes": disputes_of(disputed, read_lines(asker.reader, rivals, asker.times) if rivals else {}),
        "sections": sections_of(dossier, set(rivals)),
        "claims": _claims(dossier),
        "times": _told(asker),
        "links": _links(wanted, asker.asked),
        "data": _address(f"/v1/entities/{quote(wanted, safe=':')}", {}),
        "is_dated": kind.label in _DATED,
        "is_body": kind.label == "Body",
    }


def _head(properties: dict[str, Any]) -> dict[str, Any]:
    """What stands at the top, from the current view."""
    head: dict[str, Any] = without_controls(
        {
            "summary": properties.get("summary"),
            "other_names": properties.get("other_names", []),
            "identifiers": properties.get("identifiers", []),
            "url": safe_address(properties.get("url")),
        }
    )
    return head


def _claims(dossier: Dossier) -> dict[str, int]:
    return {"shown": len(dossier.claims), "total": dossier.total, "left_out": dossier.left_out}


def _links(entity: str, given: dict[str, str] | Any) -> dict[str, str]:
    here, times = quote(entity, safe=":"), {name: value for name, value in given.items() if name != "valid_at"}
    return {
        "claims": _address(f"/v1/entities/{here}/claims", times),
        "history": f"/v1/entities/{here}/history",
        "view": _address("/explore", {"entity": entity, **times}),
        "relationships": _address("/queries/entity-relationships", {"entity": entity, **times}),
        "disputes": _address("/disputes", {"entity": entity, **times}),
    }


def _address(path: str, given: dict[str, str]) -> str:
    return f"{path}?{urlencode(given, quote_via=quote)}" if given else path


def _told(asker: Asker) -> list[str]:
    """The times asked about, in words; every page that limits them says so."""
    return [f"{_TIMES[name]} {value}." for name, value in asker.asked.items() if name in _TIMES]
