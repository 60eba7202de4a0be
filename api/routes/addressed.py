"""Named queries under the addresses of `api.addresses`: the same answers as under `/v1/queries`, in the same forms.

Annotations are read when the routes are made, for the parameters are models that are made then.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api.addresses import ADDRESSES, Address
from api.asking import PROBLEMS, Question, answer_reply, answered
from api.examples import example_of
from api.lookup import look_up, redirect
from api.models import Asking, parameters_model
from api.problems import Kind, documented
from api.store import Graph
from graph.queries import Catalogue, NamedQuery
from graph.queries.names import with_article
from graph.store.connection import Connection

__all__ = ["addressed_router"]

_OF_ONE = {308: {"description": "The entity is part of another one now; `Location` leads there"}}
_NOT_THERE = documented(Kind.NO_SUCH_ENTITY, Kind.WITHDRAWN)


def addressed_router(graph: Graph, catalogue: Catalogue) -> APIRouter:
    """A route for each address."""
    router = APIRouter()
    for address in ADDRESSES:
        _add(router, graph, address, catalogue[address.query])
    return router


def _add(router: APIRouter, graph: Graph, address: Address, query: NamedQuery) -> None:
    parameters = parameters_model(query, address)
    about: dict[str, Any] = {
        "summary": query.question,
        "description": f"The named query `{query.name}`.",
        "operation_id": f"read-{address.name}",
        "tags": [address.template.split("/")[2]],
        "response_class": Response,
        "responses": {
            200: answered(query),
            304: {"description": "The answer has not changed"},
            **({**_NOT_THERE, **_OF_ONE} if address.kind else {}),
            **PROBLEMS,
        },
    }
    if address.kind is None:

        @router.get(address.template, **about)
        def get_list(request: Request, asked: Annotated[parameters, Query()]) -> Response:  # type: ignore[valid-type]
            return answer_reply(graph, request, _question(address, query, asked))

        return
    what = with_article(address.kind) if address.kinds else "an entity of any kind"
    identifier = Path(description=f"The id of {what}.", examples=[example_of(address.kind)], max_length=500)

    @router.get(address.template, **about)
    def get_of_one(
        request: Request,
        id: Annotated[str, identifier],  # noqa: A002  # as the address calls it
        asked: Annotated[parameters, Query()],  # type: ignore[valid-type]
    ) -> Response:
        def elsewhere(connection: Connection) -> Response | None:
            is_past = asked.recorded_at is not None  # type: ignore[attr-defined]
            moved = look_up(connection, id, address.kinds, is_past=is_past)
            return redirect(request, address.template, moved) if moved is not None else None

        return answer_reply(graph, request, _question(address, query, asked, id), elsewhere)


def _question(address: Address, query: NamedQuery, asked: Asking, entity: str | None = None) -> Question:
    given = {parameter.name: getattr(asked, name) for name, parameter in address.parameters(query)}
    return Question(query, given if address.parameter is None else {**given, address.parameter: entity}, asked)
