"""Pages for people: home with a search, an entity with all that is said of it, a view; and the files that they need.

Only the view needs scripts, and below its picture it holds the same as tables.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from api.lookup import look_up, redirect
from api.models import TimesAsked
from api.problems import Candidate, Kind, ProblemError, candidates_of
from api.replies import Version, cached, headers_of, read_version, settled_tag, tag_of
from api.routes.neighbours import Id, pinned
from api.store import Graph
from graph.errors import AmbiguousName, InputError
from graph.queries.names import find_entity
from graph.queries.search import search_entities
from graph.queries.show import read_dossier
from graph.queries.statements import statement
from graph.queries.subgraph import LARGEST, USUAL, read_around
from graph.schema import SCHEMA
from graph.store.connection import Reader
from viz.dossier import icon_points, sections_of
from viz.files import assets, edition
from viz.kinds import KINDS
from viz.network import Network
from viz.page import SERVED_POLICY, render, served_view
from viz.payload import without_controls

__all__ = ["pages_router"]

_HEADERS: Final = {
    "Content-Security-Policy": SERVED_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_EVER: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOUND: Final = 25


class Sought(BaseModel):
    """What home was asked for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=200)


class Explored(TimesAsked):
    """Around which entity, and how much."""

    entity: str = Field(min_length=1, max_length=500)
    limit: int = Field(USUAL, ge=1, le=LARGEST)
    include_unchecked: bool = False


class Read(TimesAsked):
    """How an entity is read."""

    include_unchecked: bool = False


def pages_router(graph: Graph) -> APIRouter:
    """`/`, `/explore`, `/entities/{id}`, `/static`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def home(request: Request, asked: Annotated[Sought, Query()]) -> Response:
        return _page(graph, request, lambda reader, _: _home(reader, asked))

    @router.get("/entities/{id}")
    def entity(request: Request, id: Id, asked: Annotated[Read, Query()]) -> Response:  # noqa: A002
        return _page(graph, request, lambda reader, version: _entity(reader, request, id, asked, version))

    @router.get("/explore")
    def explore(request: Request, asked: Annotated[Explored, Query()]) -> Response:
        return _page(graph, request, lambda reader, version: _explore(reader, request, asked, version))

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


def _explore(reader: Reader, request: Request, asked: Explored, version: Version) -> str | Response:
    if (found := find_entity(reader, asked.entity, on=asked.valid_at)) != asked.entity:
        address = request.url.include_query_params(entity=found)
        return _moved(f"{address.path}?{address.query}")
    times = pinned(asked.times, version)
    subgraph = read_around(reader, [found], times, limit=asked.limit, include_unchecked=asked.include_unchecked)
    return served_view(Network.of(subgraph, subgraph.entities[0].name).payload(), api="/v1")


def _page(graph: Graph, request: Request, work: Callable[[Reader, Version], str | Response]) -> Response:
    """What `work` makes of the graph, or a page that says what was wrong."""
    try:
        with graph.connection() as connection:
            version = read_version(connection)
            tag = _tag(version, request)
            if (known := cached(request, tag)) is not None:
                # A browser takes the headers of this reply for those of the page that it kept.
                known.headers.update(_HEADERS)
                return known
            made = connection.read_together(lambda reader: work(reader, version), timeout=graph.settings.query_timeout)
            tag = tag if read_version(connection) == version else None
    except ProblemError as error:
        return _problem(error.kind, error.detail, error.more.get("candidates") or [])
    except AmbiguousName as error:
        return _problem(Kind.AMBIGUOUS_NAME, error.message, candidates_of(error))
    except InputError as error:
        return _problem(Kind.INVALID_PARAMETER, error.message, [])
    if isinstance(made, Response):
        return made
    return HTMLResponse(made, headers={**_HEADERS, **headers_of(tag)})


def _tag(version: Version, request: Request) -> str | None:
    """As for an answer, but a page of other files is another one: it leads to files that are no longer there."""
    return None if settled_tag(version, request) is None else tag_of(version, request, edition())


def _problem(kind: Kind, detail: str, candidates: list[Candidate]) -> Response:
    near = [{"href": f"/entities/{quote(one.id)}", "name": one.name, "label": one.label} for one in candidates]
    page = render("problem.html", title=kind.title, detail=without_controls(detail), candidates=without_controls(near))
    return HTMLResponse(page, kind.status, headers={**_HEADERS, **headers_of(None)})


def _moved(address: str) -> Response:
    # A judgement that is taken back parts them again.
    return RedirectResponse(address, 308, headers={"Cache-Control": "no-cache"})


def _told(asked: TimesAsked) -> list[str]:
    told = (("Only what was public by", asked.known_at), ("As this graph said it at", asked.recorded_at))
    return [f"{words} {when}." for words, when in told if when is not None]


@cache
def _looks() -> dict[str, dict[str, Any]]:
    return {label: {"colour": kind["colour"], "points": icon_points(label)} for label, kind in KINDS.items()}
