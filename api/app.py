"""The application: its routes, their problems, and the connection they share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any, Final

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.cors import CORSMiddleware

from api.access import OPEN, Access
from api.compression import Compression
from api.envelope import Envelope
from api.guarded import Guarded
from api.keys import Keys
from api.limits import Limits
from api.pages import Site
from api.problem_pages import ProblemPages
from api.problems import Problem, add_handlers, check_query
from api.routes.about import about_router
from api.routes.addressed import addressed_router
from api.routes.charge_pages import charge_pages_router
from api.routes.claims import claims_router
from api.routes.cypher import cypher_router
from api.routes.editor_pages import editor_pages_router
from api.routes.entities import entities_router
from api.routes.entity_pages import entity_pages_router
from api.routes.evidence_pages import evidence_pages_router
from api.routes.explore import explore_router
from api.routes.loads import loads_router
from api.routes.neighbours import neighbours_router
from api.routes.pages import pages_router
from api.routes.queries import queries_router
from api.routes.query_pages import query_pages_router
from api.routes.search import search_router
from api.store import Graph
from api.turns import Turns
from graph.queries import Catalogue
from graph.settings import Settings

__all__ = ["create_app"]

_EXPOSED: Final = (
    "ETag", "Inquiry-Cursor", "Inquiry-Limit", "Inquiry-Total", "Inquiry-Truncated", "Link", "RateLimit",
    "RateLimit-Policy", "Retry-After", "WWW-Authenticate", "X-Request-Id",
)  # fmt: skip
"""Headers of replies that scripts of pages from elsewhere may read."""
_SCHEMES: Final[dict[str, Any]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}


def create_app(
    settings: Settings,
    *,
    hosts: frozenset[str] | None = None,
    is_public: bool = False,
    plans_ahead: bool = False,
) -> FastAPI:
    """An application on the Neo4j of the settings, which need not run yet.

    With `hosts` it answers under these names only, so that a page from elsewhere that calls this machine by a name of
    its own gets no answer. With `is_public` those who need no key are counted. With
    `plans_ahead` Neo4j plans the named queries from the start on.
    """
    graph = Graph(settings)
    keys = Keys(settings)
    catalogue = Catalogue(settings.queries)
    site = Site(settings)
    turns = Turns()
    guarded = Guarded(graph, turns)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        graph.open()
        if plans_ahead:
            graph.plan_ahead(catalogue)
        try:
            yield
        finally:
            graph.close()

    app = FastAPI(
        title="Inquiry Graph",
        summary="Who was told what, who was in charge then, what they answered, and the documents that say so.",
        version=version("inquiry-graph"),
        lifespan=lifespan,
        # The framework's pages fetch scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(check_query)],
    )
    # The last is the outermost: pages from elsewhere may read refusals too, and a browser that asks whether a page may
    # ask sends no key.
    app.add_middleware(Access, keys=keys, rate=settings.api_rate, is_public=is_public)
    app.add_middleware(Limits, hosts=hosts)
    app.add_middleware(ProblemPages, site=site)
    app.add_middleware(Compression)
    if settings.api_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.api_origins.split(),
            # Keys are sent as headers. Cookies and the like, which browsers add by themselves, are never asked for.
            allow_credentials=False,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("Authorization", "If-None-Match", "X-API-Key"),
            expose_headers=_EXPOSED,
        )
    app.add_middleware(Envelope)
    routers = (
        queries_router(graph, catalogue),
        addressed_router(graph, catalogue),
        search_router(graph),
        entities_router(graph),
        claims_router(graph),
        loads_router(graph),
        neighbours_router(graph),
        cypher_router(guarded),
        about_router(graph),
        explore_router(graph, catalogue, turns),
        pages_router(graph, site, catalogue),
        entity_pages_router(graph, site, catalogue),
        query_pages_router(graph, site, catalogue),
        charge_pages_router(graph, site, catalogue),
        evidence_pages_router(graph, site, catalogue),
        editor_pages_router(graph, site, catalogue, guarded),
    )
    add_handlers(app, routers)
    for router in routers:
        app.include_router(router)
    app.openapi = lambda: _openapi(app, needs_key=keys.are_needed())  # type: ignore[method-assign]  # as FastAPI's documentation has it
    return app


def _openapi(app: FastAPI, *, needs_key: bool) -> dict[str, Any]:
    """The description of all routes, with problems in the place of the framework's own errors."""
    if app.openapi_schema is None:
        described = get_openapi(title=app.title, summary=app.summary, version=app.version, routes=app.routes)
        schemas = described["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schemas["Problem"].pop("$defs", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        app.openapi_schema = described
    return _with_keys(app.openapi_schema) if needs_key else app.openapi_schema


def _with_keys(described: dict[str, Any]) -> dict[str, Any]:
    """The description, with the two ways to send a key."""
    paths = {
        path: {method: {**route, "security": []} for method, route in methods.items()} if path in OPEN else methods
        for path, methods in described["paths"].items()
    }
    return {
        **described,
        "paths": paths,
        "components": {**described["components"], "securitySchemes": _SCHEMES},
        "security": [{name: []} for name in _SCHEMES],
    }
