"""Named queries: a route for each, made from its definition.

Annotations are read when the routes are made, for the parameters are models that are made then.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel

from api.asking import PROBLEMS, Question, answer_reply, form_contents
from api.models import Asking, answer_model, body_model, parameters_model
from api.problems import Kind, ProblemError, documented, hint_of
from api.store import Graph
from graph.errors import QueryError
from graph.queries import Catalogue, NamedQuery

__all__ = ["queries_router"]


class Listed(BaseModel):
    """A named query as the list has it."""

    name: str
    question: str
    parameters: list[dict[str, Any]]
    columns: list[dict[str, Any]]
    href: str


def queries_router(graph: Graph, catalogue: Catalogue) -> APIRouter:
    """`/v1/queries`, and each of them."""
    router = APIRouter(prefix="/v1/queries", tags=["queries"])

    @router.get("", summary="List the named queries", responses=documented())
    def list_queries() -> list[Listed]:
        return [
            Listed(
                name=query.name,
                question=query.question,
                parameters=[parameter.model_dump() for parameter in query.parameters],
                columns=[column.model_dump() for column in query.columns],
                href=f"/v1/queries/{query.name}",
            )
            for query in catalogue
        ]

    for query in catalogue:
        _add(router, graph, query)

    @router.api_route("/{name}", methods=["GET", "POST"], include_in_schema=False)
    def no_such_query(name: str) -> None:
        try:
            catalogue[name]
        except QueryError as error:
            raise ProblemError(Kind.NO_SUCH_QUERY, error.message, hint=hint_of(error)) from error

    return router


def _add(router: APIRouter, graph: Graph, query: NamedQuery) -> None:
    parameters, body = parameters_model(query), body_model(query)
    answered = {"model": answer_model(query), "description": "Rows with their evidence", "content": form_contents()}
    about: dict[str, Any] = {"summary": query.question, "response_class": Response}
    unchanged = {"description": "The answer has not changed"}

    @router.get(
        f"/{query.name}",
        operation_id=f"get-{query.name}",
        responses={200: answered, 304: unchanged, **PROBLEMS},
        **about,
    )
    def get(request: Request, asked: Annotated[parameters, Query()]) -> Response:  # type: ignore[valid-type]
        return answer_reply(graph, request, _question(query, asked))

    @router.post(f"/{query.name}", operation_id=f"post-{query.name}", responses={200: answered, **PROBLEMS}, **about)
    def post(request: Request, asked: Annotated[body, Body()]) -> Response:  # type: ignore[valid-type]
        return answer_reply(graph, request, _question(query, asked))


def _question(query: NamedQuery, asked: Asking) -> Question:
    return Question(query, {parameter.name: getattr(asked, parameter.name) for parameter in query.parameters}, asked)
