"""Entities by words: a search in pages, with counts by kind, and suggestions for a search box."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from api.cursors import Cursor, key_of
from api.links import links_from
from api.problems import Kind, ProblemError, documented
from api.replies import Version, cached, headers_of, next_page, read_version, settled_tag
from api.search_models import Facets, Found, Search, Searching, Suggesting, Suggestion, Suggestions, Total
from api.store import Graph
from graph.queries import find_entity
from graph.queries.parameters import at_fault
from graph.queries.search import Matches, Sought, find_matches, suggest_entities
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.schema.moments import plain_moment
from graph.store.connection import Reader, Row

__all__ = ["search_router"]

_PROBLEMS = documented(Kind.INVALID_PARAMETER, Kind.AMBIGUOUS_NAME, Kind.QUERY_STOPPED)
_OTHERS = {"body": "Body", "place": "Place", "topic": "Topic"}


def search_router(graph: Graph) -> APIRouter:
    """`/v1/entities` and `/v1/suggest`."""
    router = APIRouter(prefix="/v1", tags=["entities"])

    @router.get(
        "/entities",
        summary="Search entities",
        operation_id="search-entities",
        responses={
            200: {"model": Search, "description": "What was found", "links": links_from("/items/0/id")},
            304: {"description": "The answer has not changed"},
            **_PROBLEMS,
        },
        response_class=Response,
    )
    def search(request: Request, asked: Annotated[Searching, Query()]) -> Response:
        kinds = _read_kind(asked.kind)
        key = key_of("search", asked.model_dump_json(exclude={"cursor", "limit"}))
        with graph.connection() as connection:
            version = read_version(connection)
            tag = settled_tag(version, request)
            if (known := cached(request, tag)) is not None:
                return known
            page = _page(asked, key, version)
            matches, loaded = connection.read_together(
                lambda reader: (
                    find_matches(reader, _sought(reader, asked, kinds, page if page.skip or version.before else None)),
                    reader.read(statement("loaded"), {"ids": []})[0],
                ),
                timeout=graph.settings.query_timeout,
            )
            tag = tag if read_version(connection) == version else None
        del loaded["there"], loaded["has_unchecked"]
        return _reply(request, asked, page, matches, loaded, tag)

    @router.get(
        "/suggest",
        summary="Suggest entities while somebody types",
        operation_id="suggest-entities",
        responses={200: {"links": links_from("/items/0/id")}, **_PROBLEMS},
    )
    def suggest(asked: Annotated[Suggesting, Query()]) -> Suggestions:
        kinds = _read_kind(asked.kind)
        with graph.connection() as connection:
            rows = connection.read_together(
                lambda reader: suggest_entities(reader, asked.q, limit=asked.limit, kinds=kinds),
                timeout=graph.settings.query_timeout,
            )
        items = [Suggestion(id=row["id"], label=row["label"], name=row["name"]) for row in rows]
        return Suggestions(items=items, limit=asked.limit)

    return router


def _read_kind(kind: str | None) -> tuple[str, ...]:
    if kind is not None and kind not in SCHEMA.by_label:
        raise ProblemError(
            Kind.INVALID_PARAMETER,
            f"there is no kind {kind!r}",
            parameter="kind",
            hint=f"the kinds are {', '.join(SCHEMA.by_label)}",
        )
    return (kind,) if kind is not None else ()


def _page(asked: Searching, key: str, version: Version) -> Cursor:
    if asked.cursor is not None:
        return Cursor.read(asked.cursor, key)
    return Cursor.first(key, version.before)


def _sought(reader: Reader, asked: Searching, kinds: tuple[str, ...], pinned: Cursor | None) -> Sought:
    others = []
    for name, kind in _OTHERS.items():
        if (wanted := getattr(asked, name)) is not None:
            with at_fault(name):
                others.append(find_entity(reader, wanted, (kind,)))
    return Sought(
        text=asked.q,
        kinds=kinds,
        others=tuple(others),
        since=asked.since,
        until=asked.until,
        recorded_at=pinned.recorded_at if pinned is not None else None,
    )


def _reply(
    request: Request, asked: Searching, page: Cursor, matches: Matches, loaded: Row, tag: str | None
) -> JSONResponse:
    """One page: what comes after the last one of the page before, whatever was loaded meanwhile."""
    rows = [row for row in matches.rows if page.after is None or _place(row) > page.after]
    items, headers, cursor = rows[: asked.limit], headers_of(tag), None
    if len(rows) > len(items):
        after = {"skip": page.skip + len(items), "after": _place(items[-1])}
        cursor = page.model_copy(update=after).text
        headers |= next_page(request, cursor)
    answer = Search(
        items=[Found.model_validate(row) for row in items],
        total=Total(value=len(matches.rows), relation="eq" if matches.is_complete else "gte"),
        facets=Facets.model_validate(matches.facets),
        limit=asked.limit,
        truncated=cursor is not None or not matches.is_complete,
        next_cursor=cursor,
        times={"recorded_at": plain_moment(page.recorded_at.isoformat()) if page.skip else None},
        loaded=loaded,
    )
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)


def _place(row: Row) -> tuple[int, str]:
    """Where a match stands among all: the order of `find_matches`."""
    return -row["score"], row["id"]
