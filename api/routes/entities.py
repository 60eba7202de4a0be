"""Entities by their ids: what they are, what documents say of them, and what this graph recorded of them when.

Annotations are read when the routes are made, for the examples of their parameters are made then.
"""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from api.addresses import ADDRESSES, COLLECTIONS
from api.cursors import Cursor, key_of
from api.entity_models import (
    INCLUDED,
    ClaimLine,
    Claims,
    DossierAsked,
    Entity,
    EntityAsked,
    History,
    HistoryAsked,
    Link,
    Part,
)
from api.examples import example_of
from api.links import item_operation, links_from
from api.one_entity import OneEntity
from api.problems import Kind, documented
from api.store import Graph
from graph.queries import Times
from graph.queries.names import with_article
from graph.queries.show import read_dossier, read_entity, read_history, read_links
from graph.schema import SCHEMA
from graph.schema.moments import plain_moment
from graph.store.connection import Reader

__all__ = ["entities_router"]

Id = Annotated[str, Path(description="The id of an entity.", examples=["inquiry:casey-audit-2025"], max_length=500)]
_OF_ONE: dict[int | str, dict[str, Any]] = {
    304: {"description": "The answer has not changed"},
    308: {"description": "The entity is part of another one now; `Location` leads there"},
    **documented(Kind.NO_SUCH_ENTITY, Kind.WITHDRAWN, Kind.INVALID_PARAMETER, Kind.QUERY_STOPPED),
}


def entities_router(graph: Graph) -> APIRouter:
    """Each entity under `/v1/entities`, and under the address of its kind where it has one; its claims and history."""
    router = APIRouter(prefix="/v1")
    _add_item(router, graph, "/entities/{id}", None)
    for kind, collection in COLLECTIONS.items():
        _add_item(router, graph, f"/{collection}/{{id}}", kind)

    @router.get(
        "/entities/{id}/claims",
        summary="What documents say of an entity",
        operation_id="get-entity-claims",
        tags=["entities"],
        responses={**_OF_ONE, 200: {"model": Claims, "description": "Claims with their evidence"}},
        response_class=Response,
    )
    def claims(request: Request, id: Id, asked: Annotated[DossierAsked, Query()]) -> Response:  # noqa: A002  # as the address calls it
        key = key_of("claims", id, asked.model_dump_json(exclude={"cursor", "limit"}))

        def read(reader: Reader, page: Cursor, is_pinned: bool) -> dict[str, Any]:
            times = asked.times.model_copy(update={"recorded_at": page.recorded_at}) if is_pinned else asked.times
            unchecked = asked.include_unchecked
            told = read_dossier(reader, id, times, include_unchecked=unchecked, limit=asked.limit, skip=page.skip)
            return told.model_dump(mode="json") | {"times": _plain_times(times)}

        return OneEntity(graph, request, id, "/v1/entities/{id}/claims").pages(
            asked, key, asked.times.recorded_at, read
        )

    @router.get(
        "/entities/{id}/history",
        summary="What this graph recorded of an entity, and when",
        operation_id="get-entity-history",
        tags=["entities"],
        responses={**_OF_ONE, 200: {"model": History, "description": "What was recorded and closed"}},
        response_class=Response,
    )
    def history(request: Request, id: Id, asked: Annotated[HistoryAsked, Query()]) -> Response:  # noqa: A002
        def read(reader: Reader, page: Cursor, is_pinned: bool) -> dict[str, Any]:
            told = read_history(reader, id, recorded_at=page.recorded_at, limit=asked.limit, skip=page.skip)
            pinned = plain_moment(page.recorded_at.isoformat()) if is_pinned else None
            return told.model_dump(mode="json") | {"times": {"recorded_at": pinned}}

        question = OneEntity(graph, request, id, "/v1/entities/{id}/history", shows_the_past=True)
        return question.pages(asked, key_of("history", id), None, read)

    return router


def _add_item(router: APIRouter, graph: Graph, path: str, kind: str | None) -> None:
    what = with_article(kind or "entity")
    identifier = Path(description=f"The id of {what}.", examples=[example_of(kind)], max_length=500)
    answered = {"model": Entity, "description": "As the current view has it", "links": links_from("/id", kind)}

    @router.get(
        path,
        summary=what.capitalize(),
        operation_id=item_operation(kind),
        tags=[path.split("/")[1]],
        responses={**_OF_ONE, 200: answered},
        response_class=Response,
    )
    def item(
        request: Request,
        id: Annotated[str, identifier],  # noqa: A002  # as the address calls it
        asked: Annotated[EntityAsked, Query()],
    ) -> Response:
        kinds = (kind,) if kind is not None else ()
        return OneEntity(graph, request, id, f"/v1{path}", kinds).reply(lambda reader: _entity(reader, id, asked.parts))


def _entity(reader: Reader, entity: str, parts: set[str]) -> dict[str, Any]:
    labels, properties = read_entity(reader, entity)
    names = properties.get("name_values") or [None]
    found = Entity(
        id=entity,
        name=properties.get("name", names[0]),
        kind=SCHEMA.kind_of(entity).label,
        labels=labels,
        summary=properties.get("summary"),
        url=properties.get("url"),
        unchecked="unchecked" in properties,
        links=_links(entity),
    )
    if Part.NAMES in parts:
        found.names = properties.get("other_names", [])
    if Part.IDENTIFIERS in parts:
        found.identifiers = properties.get("identifiers", [])
    if Part.PROPERTIES in parts:
        found.properties = properties
    if Part.RELATIONSHIPS in parts:
        found.relationships = [Link.model_validate(link) for link in read_links(reader, entity, limit=INCLUDED)]
    if Part.CLAIMS in parts:
        lines = read_dossier(reader, entity, Times(), limit=INCLUDED).claims
        found.claims = [ClaimLine.model_validate(line) for line in lines]
    return found.model_dump(mode="json", exclude_none=False, exclude={*Part} - parts)


def _links(entity: str) -> dict[str, str]:
    """Where more is said of an entity: what any has, and what its kind has."""
    label = SCHEMA.kind_of(entity).label
    address = quote(entity, safe=":")
    found = {name: f"/v1/entities/{address}/{name}" for name in ("claims", "history")}
    for one in ADDRESSES:
        if one.kind in {"Entity", label}:
            # What a document says stands beside what is said of it.
            name = one.path if one.path not in found else f"{one.path}-made"
            found[name] = one.template.replace("{id}", address)
    return found


def _plain_times(times: Times) -> dict[str, str | None]:
    recorded_at = plain_moment(times.recorded_at.isoformat()) if times.recorded_at else None
    return {"known_at": times.known_at.isoformat() if times.known_at else None, "recorded_at": recorded_at}
