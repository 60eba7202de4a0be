"""Named queries as pages: a list of the questions, and each as a form with its answer below.

Annotations are read when the routes are made, for the forms are models that are made then.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from api.forms import Filled, form_model, mistake, parameter_fields
from api.pages import Site, answer_page, given_of, page_reply, permalink, today
from api.problems import Kind, ProblemError, hint_of
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from graph.errors import InputError, QueryError
from graph.queries import Catalogue, NamedQuery, ask_within, compose
from graph.queries.definition import ValidTime
from graph.queries.parameters import read_parameters
from graph.store.connection import Reader
from viz.payload import without_controls
from viz.tables import addresses_of, table_of

__all__ = ["query_pages_router"]

_INPUTS: Final = {"date": "date", "integer": "number", "number": "number"}


def query_pages_router(graph: Graph, site: Site, catalogue: Catalogue) -> APIRouter:
    """`/queries`, and each of them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/queries")
    def queries() -> Response:
        page = site.render("queries.html", "/queries", title="Questions", queries=list(catalogue), data="/v1/queries")
        return page_reply(page)

    for query in catalogue:
        _add(router, graph, site, query)

    @router.get("/queries/{name}")
    def no_such_query(name: str) -> Response:
        try:
            catalogue[name]
        except QueryError as error:
            raise ProblemError(Kind.NO_SUCH_QUERY, error.message, hint=hint_of(error)) from error
        raise ProblemError(Kind.NO_SUCH_QUERY, Kind.NO_SUCH_QUERY.meaning)

    return router


def _add(router: APIRouter, graph: Graph, site: Site, query: NamedQuery) -> None:
    form = form_model("Filled", **parameter_fields(query))

    @router.get(f"/queries/{query.name}")
    def ask_it(request: Request, _: Annotated[form, Query()]) -> Response:  # type: ignore[valid-type]
        filled = Filled(query, given_of(request))

        def work(reader: Reader, version: Version) -> str | Response:
            path = request.url.path
            try:
                values = _answered(reader, filled, version)
            except InputError as error:
                wrong = mistake(error, path, filled.given)
                return page_reply(
                    site.render("query.html", path, **{**_shown(filled), "error": without_controls(wrong)}), 422
                )
            link = permalink(request, version, day=_day(query)) if "table" in values else None
            return site.render("query.html", path, **{**_shown(filled), **values}, permalink=link)

        return answer_page(graph, request, work)


def _day(query: NamedQuery) -> Any:
    return today() if query.valid_time is ValidTime.PARAMETER else None


def _answered(reader: Reader, filled: Filled, version: Version) -> dict[str, Any]:
    """The answer, where nothing that is needed is missing, and its Cypher; raises InputError for what is wrong."""
    query, times = filled.query, pinned(filled.times, version)
    values = read_parameters(reader, query, filled.parameters, on=times.valid_at or today(), partial=True)
    cypher = compose(query, values, times=times, include_unchecked=filled.include_unchecked, limit=filled.limit)
    told = {"cypher": without_controls(cypher)}
    if not filled.is_complete:
        return told
    answer = ask_within(
        reader,
        query,
        filled.parameters,
        times=times,
        include_unchecked=filled.include_unchecked,
        limit=filled.limit,
    )
    given = {**filled.parameters, **filled.asked}
    return {**told, "table": table_of(query, answer, given), "data": addresses_of(query, given)["json"]}


def _shown(filled: Filled) -> dict[str, Any]:
    """The form with what was typed."""
    query = filled.query
    shown: dict[str, Any] = without_controls(
        {
            "title": query.question,
            "name": query.name,
            "fields": [
                {
                    "name": one.name,
                    "hint": one.description,
                    "value": filled.given.get(one.name, one.default or ""),
                    "required": one.required,
                    "type": _INPUTS.get(one.type, "text"),
                    "words": ("yes", "no") if one.type == "boolean" else one.words,
                    "suggest": (one.kinds[0] if len(one.kinds) == 1 else "any") if one.is_entity else "",
                }
                for one in query.parameters
            ],
            "needs": list(query.needs_one_of),
            "given": dict(filled.given),
            "has_day": query.valid_time is ValidTime.PARAMETER,
            "limit": filled.given.get("limit", "100"),
            "editor": addresses_of(query, {**filled.parameters, **filled.asked})["cypher"],
            "table": None,
            "cypher": None,
            "error": None,
        }
    )
    return shown
