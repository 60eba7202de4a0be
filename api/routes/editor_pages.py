"""A page for Cypher of one's own: what runs is guarded as `/v1/cypher` is, and only when somebody presses the button.

Annotations are read when the routes are made, for the form is a model that is made then.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, ValidationError

from api.forms import Filled, form_model, parameter_fields
from api.guarded import CypherAsked, Guarded
from api.pages import Site, answer_page, given_of, page_reply, today
from api.problems import Kind, ProblemError, hint_of
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from graph.errors import QueryError
from graph.queries import Catalogue
from graph.queries.parameters import read_parameters
from graph.queries.paste import compose_whole
from graph.schema import SCHEMA
from graph.store.connection import Reader
from graph.store.guard import GuardedResult
from viz.cypher_words import cypher_words
from viz.files import EDITOR_SCRIPTS
from viz.payload import as_script, without_controls
from viz.tables import Part, part_of

__all__ = ["editor_pages_router"]

_ROWS: Final = 200
_SECONDS: Final = 10
_LONGEST_LINK: Final = 6_000
_FIELDS: Final = 10
_EXAMPLE: Final = """// Which bodies were told most often, and by how many documents?
MATCH (b:Body)<-[t:TARGETS]-(r:Recommendation)-[:MADE_IN]->(d:Document)
RETURN b.id AS body, b.name AS name, count(DISTINCT r) AS recommendations, count(DISTINCT d) AS documents
ORDER BY recommendations DESC
LIMIT 20
"""


def editor_pages_router(graph: Graph, site: Site, catalogue: Catalogue, guarded: Guarded) -> APIRouter:
    """`/cypher`."""
    router = APIRouter(include_in_schema=False)
    named = {name: field for query in catalogue for name, field in parameter_fields(query).items()}
    texts = {"cypher": (str, Field("", max_length=50_000)), "query": (str, Field("", max_length=100))}
    asked = form_model("EditorAsked", **named, **texts)

    @router.get("/cypher")
    def editor(request: Request, _: Annotated[asked, Query()]) -> Response:  # type: ignore[valid-type]
        given = given_of(request)

        def work(reader: Reader, version: Version) -> str:
            text = _named(reader, catalogue, given, version) if "query" in given else given.get("cypher", _EXAMPLE)
            return _page(site, text, "")

        return answer_page(graph, request, work)

    @router.post("/cypher")
    async def run(request: Request) -> Response:
        _check_origin(request)
        sent = _sent(await request.body())
        text, parameters = sent.get("cypher", ""), sent.get("parameters", "")
        try:
            result = await guarded.run(_asked(text, parameters))
        except ProblemError as error:
            if error.kind not in {Kind.CYPHER_REFUSED, Kind.INVALID_PARAMETER}:
                raise
            wrong = {"detail": error.detail, "hint": error.more.get("hint")}
            return page_reply(_page(site, text, parameters, error=without_controls(wrong)), error.kind.status)
        return page_reply(_page(site, text, parameters, result=_shown(result)))

    return router


def _named(reader: Reader, catalogue: Catalogue, given: Mapping[str, str], version: Version) -> str:
    """The Cypher of a named query with its parameters in their places."""
    try:
        query = catalogue[given["query"]]
    except QueryError as error:
        raise ProblemError(Kind.NO_SUCH_QUERY, error.message, hint=hint_of(error)) from error
    filled = Filled(query, given)
    times = pinned(filled.times, version)
    values = read_parameters(reader, query, filled.parameters, on=times.valid_at or today(), partial=True)
    return compose_whole(
        query, values, times=times, include_unchecked=filled.include_unchecked, limit=min(filled.limit, _ROWS)
    )


def _check_origin(request: Request) -> None:
    """What a page from elsewhere sends is not run, though it could not read the answer."""
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        raise ProblemError(Kind.CYPHER_REFUSED, "a page from elsewhere sent this", hint="run it from the editor's page")


def _sent(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"))
    except ValueError as error:
        raise ProblemError(Kind.INVALID_PARAMETER, "the form cannot be read") from error


def _asked(text: str, parameters: str) -> CypherAsked:
    try:
        values = json.loads(parameters) if parameters.strip() else {}
    except (ValueError, RecursionError) as error:
        raise ProblemError(
            Kind.INVALID_PARAMETER, 'the parameters are no JSON object such as {"body": "body:home-office"}'
        ) from error
    try:
        return CypherAsked(query=text.replace("\r\n", "\n"), parameters=values, limit=_ROWS, timeout=_SECONDS)
    except ValidationError as error:
        told = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise ProblemError(Kind.INVALID_PARAMETER, f"this cannot be run: {told}") from error


def _page(site: Site, text: str, parameters: str, **more: Any) -> str:
    address = urlencode({"cypher": text}, quote_via=quote)
    fits = len(address) < _LONGEST_LINK and not parameters.strip()
    return site.render(
        "cypher.html",
        "/cypher",
        scripts=EDITOR_SCRIPTS,
        **{
            "title": "Cypher",
            "text": without_controls(text),
            "parameters": without_controls(parameters),
            "words": as_script(cypher_words()),
            "view": f"/explore?{address}" if fits else None,
            "permalink": f"/cypher?{address}" if fits else None,
            "result": None,
            "error": None,
            **more,
        },
    )


def _shown(result: GuardedResult) -> dict[str, Any]:
    shown: dict[str, Any] = without_controls(
        {
            "columns": result.columns,
            "rows": [[_cell(row[name]) for name in result.columns] for row in result.rows],
            "truncated": result.truncated,
            "limit": result.limit,
            "notes": [note.model_dump() for note in result.notifications],
            "plan": json.dumps(result.plan, indent=2, ensure_ascii=False) if result.plan is not None else None,
        }
    )
    return shown


def _cell(value: Any) -> list[Part]:
    """A value as a page shows it; the id of an entity leads there, from a node too."""
    if isinstance(value, list):
        return [part for one in value for part in _cell(one)]
    if isinstance(value, str) and SCHEMA.is_entity_id(value):
        return [part_of(value, None)]
    if isinstance(value, dict):
        properties = value.get("properties", {})
        entity = properties.get("id") if isinstance(properties, dict) else None
        known: list[Part] = _cell(entity) if isinstance(entity, str) else []
        return [*known, {"text": json.dumps(value, ensure_ascii=False), "href": None}]
    return (
        [] if value is None else [{"text": str(value).lower() if isinstance(value, bool) else str(value), "href": None}]
    )
