"""Named queries: a route for each, made from its definition.

Annotations are read when the routes are made, for the parameters are models that are made then.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import BaseModel, Field

from api.asking import PROBLEMS, Question, answer_reply, answered
from api.models import Asking, body_model, parameters_model
from api.problems import Kind, ProblemError, documented, hint_of
from api.store import Graph
from graph.errors import QueryError
from graph.queries import Catalogue, NamedQuery

__all__ = ["queries_router"]


class Listed(BaseModel):
    """A named query as the list has it."""

    name: str = Field(description="Its name.", examples=["recommendation-targets"])
    question: str = Field(description="What it answers.", examples=["What came before and after a body?"])
    parameters: list[dict[str, Any]] = Field(
        description="Its parameters with their types.", examples=[[{"name": "body", "type": "Body", "required": True}]]
    )
    columns: list[dict[str, Any]] = Field(
        description="The columns of its rows.", examples=[[{"name": "target", "type": "Body|Office|Group"}]]
    )
    href: str = Field(description="Where it is asked.", examples=["/v1/queries/recommendation-targets"])


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
    about: dict[str, Any] = {"summary": query.question, "response_class": Response}
    unchanged = {"description": "The answer has not changed"}

    @router.get(
        f"/{query.name}",
        operation_id=f"get-{query.name}",
        responses={200: answered(query), 304: unchanged, **PROBLEMS},
        **about,
    )
    def get(request: Request, asked: Annotated[parameters, Query()]) -> Response:  # type: ignore[valid-type]
        return answer_reply(graph, request, _question(query, asked))

    @router.post(
        f"/{query.name}", operation_id=f"post-{query.name}", responses={200: answered(query), **PROBLEMS}, **about
    )
    def post(request: Request, asked: Annotated[body, Body()]) -> Response:  # type: ignore[valid-type]
        return answer_reply(graph, request, _question(query, asked))


def _question(query: NamedQuery, asked: Asking) -> Question:
    return Question(query, {parameter.name: getattr(asked, parameter.name) for parameter in query.parameters}, asked)
