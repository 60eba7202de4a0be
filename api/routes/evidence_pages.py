"""Pages about the evidence itself: disputes, documents, sources, and how all this is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.models import TimesAsked
from api.pages import Site, answer_page, page_reply, permalink
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from graph.loaders.catalogue import SourceCatalogue, SourceDescription
from graph.queries import Catalogue
from graph.queries.documents import list_documents
from graph.queries.search import search_entities
from graph.queries.show import read_lines
from graph.store.connection import Reader, Row
from graph.store.loads import list_loads
from viz.asker import Asker
from viz.dossier import claims_of, disputes_of
from viz.payload import safe_address, without_controls

__all__ = ["evidence_pages_router"]

_DISPUTES: Final = 50
_DOCUMENTS: Final = 50
_UNSEARCHED: Final = ("form", "published", "claims", "url")
"""What a search does not say of a document."""


class DisputesAsked(TimesAsked):
    """What is disputed of what."""

    entity: str = Field("", max_length=500)
    predicate: str = Field("", max_length=100)
    include_unchecked: bool = False


class DocumentsAsked(BaseModel):
    """Which documents."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=200)
    skip: int = Field(0, ge=0, le=10_000_000)


def evidence_pages_router(graph: Graph, site: Site, catalogue: Catalogue) -> APIRouter:
    """`/disputes`, `/documents`, `/sources`, `/about`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/disputes")
    def disputes(request: Request, asked: Annotated[DisputesAsked, Query()]) -> Response:
        def work(reader: Reader, version: Version) -> str:
            times = {name: str(value) for name, value in asked.times.model_dump(mode="json").items() if value}
            asker = Asker(reader, catalogue, pinned(asked.times, version), times, asked.include_unchecked)
            given = {name: value for name in ("entity", "predicate") if (value := getattr(asked, name).strip())}
            link = permalink(request, version)
            return site.render("disputes.html", request.url.path, **_disputes(asker, given), permalink=link)

        return answer_page(graph, request, work)

    @router.get("/documents")
    def documents(request: Request, asked: Annotated[DocumentsAsked, Query()]) -> Response:
        return answer_page(
            graph,
            request,
            lambda reader, _: site.render("documents.html", request.url.path, **_documents(reader, asked)),
        )

    @router.get("/sources")
    def sources(request: Request) -> Response:
        def work(reader: Reader, _: Version) -> str:
            return site.render("sources.html", request.url.path, **_sources(reader))

        return answer_page(graph, request, work)

    @router.get("/about")
    def about() -> Response:
        return page_reply(site.render("about.html", "/about", title="About, and how it is made"))

    return router


def _disputes(asker: Asker, given: Mapping[str, str]) -> dict[str, Any]:
    answer = asker.ask("disputed-claims", given, limit=_DISPUTES)
    claims = [claim for row in answer.rows for claim in claims_of(row)]
    table = asker.shown("disputed-claims", given, answer, "What documents disagree on")
    return {
        "title": table["title"],
        "given": without_controls(dict(given)),
        "table": table,
        "disputes": disputes_of(answer.rows, read_lines(asker.reader, claims, asker.times)),
        "data": table["more"]["json"],
    }


def _documents(reader: Reader, asked: DocumentsAsked) -> dict[str, Any]:
    words = asked.q.strip()
    if words:
        found = search_entities(reader, words, limit=_DOCUMENTS, kinds=("Document",))
        rows, total = (
            [{**row, "form": None, "published": None, "claims": None, "url": None} for row in found],
            len(found),
        )
    else:
        rows, total = list_documents(reader, limit=_DOCUMENTS, skip=asked.skip)
    after = asked.skip + len(rows)
    return {
        "title": "Documents, and what rests on them",
        "words": words,
        "rows": without_controls([{**row, "url": safe_address(row["url"])} for row in rows]),
        "total": total,
        "first": asked.skip + 1,
        "last": after,
        "next": f"/documents?skip={after}" if after < total and not words else None,
    }


def _sources(reader: Reader) -> dict[str, Any]:
    ended: dict[str, Row] = {}
    for load in list_loads(reader):
        if load["status"] == "finished":
            ended.setdefault(load["source"], load)
    known = list(SourceCatalogue())
    names = {one.name for one in known}
    return {
        "title": "Sources",
        "sources": [_source(one, ended.get(one.name)) for one in known],
        "curated": without_controls([load for name, load in sorted(ended.items()) if name not in names]),
        "data": "/v1/loads",
    }


def _source(one: SourceDescription, load: Row | None) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "publisher": one.publisher.name,
        "licence": one.licence,
        "licence_url": safe_address(one.licence_url),
        "attribution": one.attribution,
        "url": safe_address(one.url),
        "as_at": one.as_at,
        "loaded_at": load["finished_at"] if load is not None else None,
        "claims": load["claims"] if load is not None else None,
    }
