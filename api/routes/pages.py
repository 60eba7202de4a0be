"""Pages for people: home with a search, an entity with all that is said of it; and the files that they need."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.lookup import look_up, redirect
from api.models import TimesAsked
from api.pages import answer_page
from api.problems import Kind, ProblemError
from api.replies import Version
from api.routes.neighbours import Id, pinned
from api.store import Graph
from graph.queries.search import search_entities
from graph.queries.show import read_dossier
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.store.connection import Reader
from viz.dossier import icon_points, sections_of
from viz.files import assets
from viz.kinds import KINDS
from viz.page import render
from viz.payload import without_controls

__all__ = ["pages_router"]

_FOR_EVER: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOUND: Final = 25


class Sought(BaseModel):
    """What home was asked for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=200)


class Read(TimesAsked):
    """How an entity is read."""

    include_unchecked: bool = False


def pages_router(graph: Graph) -> APIRouter:
    """`/`, `/entities/{id}`, `/static`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def home(request: Request, asked: Annotated[Sought, Query()]) -> Response:
        return answer_page(graph, request, lambda reader, _: _home(reader, asked))

    @router.get("/entities/{id}")
    def entity(request: Request, id: Id, asked: Annotated[Read, Query()]) -> Response:  # noqa: A002
        return answer_page(graph, request, lambda reader, version: _entity(reader, request, id, asked, version))

    @router.get("/static/{digest}/{name}")
    def static(digest: str, name: str) -> Response:
        found = assets().get(f"/static/{digest}/{name}")
        if found is None:
            raise ProblemError(Kind.NO_SUCH_ADDRESS, Kind.NO_SUCH_ADDRESS.meaning)
        return Response(found.text, media_type=found.media_type, headers=_FOR_EVER)

    return router


def _home(reader: Reader, asked: Sought) -> str:
    words = asked.q.strip()
    found = search_entities(reader, words, limit=_FOUND + 1) if words else None
    return render(
        "home.html",
        title=f"{words} – Inquiry Graph" if words else "Inquiry Graph",
        words=words,
        found=without_controls(found[:_FOUND]) if found is not None else None,
        truncated=found is not None and len(found) > _FOUND,
        loaded=reader.read(statement("loaded"), {"ids": []})[0],
        looks=_looks(),
    )


def _entity(reader: Reader, request: Request, wanted: str, asked: Read, version: Version) -> str | Response:
    if (found := look_up(reader, wanted, is_past=asked.recorded_at is not None)) is not None:
        return redirect(request, "/entities/{id}", found)
    dossier = read_dossier(reader, wanted, pinned(asked.times, version), include_unchecked=asked.include_unchecked)
    kind = SCHEMA.kind_of(wanted)
    sub_kinds = [label for label in dossier.labels if label in kind.sub_kinds]
    return render(
        "entity.html",
        title=without_controls(dossier.name or wanted),
        dossier=dossier,
        kind=sub_kinds[0] if sub_kinds else kind.label,
        look=_looks()[kind.label],
        sections=sections_of(dossier),
        asked_times=_told(asked),
    )


def _told(asked: TimesAsked) -> list[str]:
    told = (("Only what was public by", asked.known_at), ("As this graph said it at", asked.recorded_at))
    return [f"{words} {when}." for words, when in told if when is not None]


@cache
def _looks() -> dict[str, dict[str, Any]]:
    return {label: {"colour": kind["colour"], "points": icon_points(label)} for label, kind in KINDS.items()}
