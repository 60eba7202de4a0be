"""Pages for people: home with a search and what is loaded; and the files that all pages need."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.pages import Site, answer_page, today
from api.problems import Kind, ProblemError
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from graph.queries import Catalogue, Times
from graph.queries.search import search_entities
from graph.queries.statements import statement
from graph.store.connection import Reader
from viz.asker import Asker
from viz.files import assets
from viz.kinds import looks
from viz.payload import without_controls
from viz.stories import packaged_stories
from viz.tables import Part, part_of

__all__ = ["pages_router"]

_FOR_EVER: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOUND: Final = 25
_INQUIRIES: Final = 200
_RECENT: Final = 8


class Sought(BaseModel):
    """What home was asked for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=200)


def pages_router(graph: Graph, site: Site, catalogue: Catalogue) -> APIRouter:
    """`/`, `/static`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def home(request: Request, asked: Annotated[Sought, Query()]) -> Response:
        def work(reader: Reader, version: Version) -> str:
            asker = Asker(reader, catalogue, pinned(Times(), version), {})
            return site.render("home.html", "/", **_home(asker, asked.q.strip()))

        return answer_page(graph, request, work)

    @router.get("/static/{digest}/{name}")
    def static(digest: str, name: str) -> Response:
        found = assets().get(f"/static/{digest}/{name}")
        if found is None:
            raise ProblemError(Kind.NO_SUCH_ADDRESS, Kind.NO_SUCH_ADDRESS.meaning)
        return Response(found.text, media_type=found.media_type, headers=_FOR_EVER)

    return router


def _home(asker: Asker, words: str) -> dict[str, Any]:
    found = search_entities(asker.reader, words, limit=_FOUND + 1) if words else None
    inquiries = _inquiries(asker) if found is None else []
    return {
        "title": f"{words} – Inquiry Graph" if words else "Inquiry Graph",
        "words": words,
        "found": without_controls(found[:_FOUND]) if found is not None else None,
        "truncated": found is not None and len(found) > _FOUND,
        "loaded": asker.reader.read(statement("loaded"), {"ids": []})[0],
        "looks": looks(),
        "inquiries": inquiries[:_RECENT],
        "names": [one["name"]["text"] for one in inquiries],
        "stories": _stories(asker.reader) if found is None else [],
        "queries": [{"name": query.name, "question": query.question} for query in asker.catalogue],
        "today": today().isoformat(),
    }


def _stories(reader: Reader) -> list[Part]:
    """Those that come with the package and of which everything is loaded."""
    told = []
    for name, story in packaged_stories().items():
        ids = {entity for step in story.steps for entity in step.entities}
        if reader.read(statement("count_present"), {"ids": sorted(ids)})[0]["present"] == len(ids):
            told.append(Part(text=story.story, href=f"/explore?story={name}"))
    return told


def _inquiries(asker: Asker) -> list[dict[str, Any]]:
    """The newest first; those of which no document says when they began come last."""
    rows = asker.ask("inquiries", {}, limit=_INQUIRIES).rows
    dated = [(_begun(row), row) for row in rows]
    dated.sort(key=lambda one: (one[0], one[1]["inquiry"]), reverse=True)
    cleaned: list[dict[str, Any]] = without_controls([_entry(begun, row) for begun, row in dated])
    return cleaned


def _begun(row: dict[str, Any]) -> str:
    return max([*row["announced"], *row["started"]], default="")


def _entry(begun: str, row: dict[str, Any]) -> dict[str, Any]:
    name: Part = part_of(row["inquiry"], row["inquiry_name"])
    return {"name": name, "begun": begun, "form": row["form"], "recommendations": row["recommendations"]}
