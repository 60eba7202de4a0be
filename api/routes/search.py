"""Entities by words: a search in pages, with counts by kind, and suggestions for a search box."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.cursors import Cursor, key_of
from api.links import links_from
from api.models import Day, Text
from api.problems import Kind, ProblemError, documented
from api.replies import Version, cached, headers_of, next_page, read_version, settled_tag
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


class Words(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        min_length=1,
        max_length=200,
        description="Words of a name, another name, an identifier or a summary; typing errors are forgiven.",
        examples=["casey audit"],
    )
    kind: str | None = Field(None, description="Only entities of this kind.", examples=["Inquiry"])


class Suggesting(Words):
    """What somebody has typed so far."""

    limit: int = Field(10, ge=1, le=25, description="How many at the most.", examples=[5])


class Searching(Words):
    """What to search for, and what narrows it down."""

    body: Text | None = Field(
        None, description="Only what has to do with this body, by id or name.", examples=["body:home-office"]
    )
    place: Text | None = Field(
        None, description="Only what has to do with this place, by id or name.", examples=["place:rotherham"]
    )
    topic: Text | None = Field(
        None, description="Only what has to do with this topic, by id or name.", examples=["topic:ethnicity-data"]
    )
    since: Day | None = Field(
        None,
        alias="from",
        description="Only what has a date (published, announced, taken, begun, ended) that can be this day or later.",
        examples=["2025-01-01"],
    )
    until: Day | None = Field(
        None, description="Only what has a date that can be before this day.", examples=["2026-01-01"]
    )
    limit: int = Field(25, ge=1, le=100, description="How many at the most.", examples=[3])
    cursor: Text | None = Field(
        None,
        description="Where the search goes on: `next_cursor` of the reply before, to the same search.",
        examples=["eyJza2lwIjoyNSwi…"],
    )


class Suggestion(BaseModel):
    """An entity that may be meant."""

    id: str = Field(description="Its id.", examples=["inquiry:casey-audit-2025"])
    label: str | None = Field(description="Its kind.", examples=["Inquiry"])
    name: str | None = Field(
        description="Its name.", examples=["National Audit on Group-based Child Sexual Exploitation"]
    )


class Suggestions(BaseModel):
    """What may be meant, the likeliest first."""

    items: list[Suggestion] = Field(description="The likeliest first.", examples=[[]])
    limit: int = Field(description="How many at the most.", examples=[10])


class Found(Suggestion):
    """An entity that was found."""

    sub_kinds: list[str] = Field(description="Of which sub-kinds it is.", examples=[["Council"]])
    form: str | None = Field(description="The form of an inquiry, document or decision.", examples=["audit"])
    other_names: list[str] | None = Field(description="How else it is called.", examples=[["Casey audit"]])
    summary: str | None = Field(description="What it is, in the curator's words.", examples=["An audit of 2025."])
    score: int = Field(description="0 to 100: how alike its name and the words are.", examples=[90])


class Facet(BaseModel):
    """How many of those found are of one sort."""

    value: str = Field(description="The sort.", examples=["Document"])
    count: int = Field(description="How many; at least, where the relation of the total is gte.", examples=[19])


class Facets(BaseModel):
    """Counts over all that was found, not only this page."""

    kind: list[Facet] = Field(description="By kind, whatever kind is asked for.", examples=[[]])
    sub_kind: list[Facet] = Field(description="By sub-kind, such as Council.", examples=[[]])
    form: list[Facet] = Field(description="By form of inquiry, document or decision.", examples=[[]])


class Total(BaseModel):
    """How many there are in all."""

    value: int = Field(description="The number.", examples=[44])
    relation: Literal["eq", "gte"] = Field(description="eq: so many; gte: at least so many.", examples=["eq"])


class Search(BaseModel):
    """What was found in the graph as it is now, the likeliest first."""

    items: list[Found] = Field(description="This page.", examples=[[]])
    total: Total = Field(description="How many match, on all pages.", examples=[{"value": 44, "relation": "eq"}])
    facets: Facets = Field(
        description="How many there are of each sort.",
        examples=[{"kind": [{"value": "Document", "count": 19}], "sub_kind": [], "form": []}],
    )
    limit: int = Field(description="How many at the most.", examples=[25])
    truncated: bool = Field(description="Whether there are more than were given.", examples=[True])
    next_cursor: str | None = Field(description="Where it goes on; null at the end.", examples=[None])
    times: dict[str, str | None] = Field(
        description="`recorded_at`: pages after the first leave out what was first recorded after it.",
        examples=[{"recorded_at": None}],
    )
    loaded: dict[str, Any] = Field(description="What the graph holds.", examples=[{"claims": 6658}])


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
