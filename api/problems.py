"""What went wrong, as RFC 9457 has it: the one place where an error of ours, or of the framework, becomes a reply.

Nothing of the machine is told: no address or folder (an error's `where`), no Cypher, no trace, and no hint that speaks
of the command line or of settings.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from graph.errors import AmbiguousName, InputError, InquiryError, QueryStopped, StoreError
from graph.schema.model import did_you_mean

__all__ = [
    "MEDIA_TYPE",
    "RETRY_AFTER",
    "Candidate",
    "Kind",
    "Problem",
    "ProblemError",
    "Tombstone",
    "add_handlers",
    "candidates_of",
    "check_query",
    "documented",
    "hint_of",
    "reply",
]

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER: Final = "5"
"""Seconds, for whoever finds that Neo4j does not answer."""
_SECRETS: Final = ("--", "`inquiry", "INQUIRY_")
_log = logging.getLogger(__name__)


class Kind(Enum):
    """Sorts of problems: slug, status, title, and what it means."""

    UNKNOWN_PARAMETER = (
        "unknown-parameter",
        422,
        "There is no such parameter",
        "A parameter is misspelt, or belongs to another route; none is ignored.",
    )
    INVALID_PARAMETER = (
        "invalid-parameter",
        422,
        "A parameter is missing or cannot be read",
        "`parameter` names it, and `detail` says what it takes.",
    )
    AMBIGUOUS_NAME = (
        "ambiguous-name",
        422,
        "A name does not say which entity is meant",
        "It fits several entities or none; `candidates` are those that fit or are near. Give the id of one of them.",
    )
    NO_SUCH_ENTITY = (
        "no-such-entity",
        404,
        "There is no such entity",
        "Nothing that is loaded speaks of it; `candidates` have ids like the one asked for.",
    )
    NO_SUCH_CLAIM = ("no-such-claim", 404, "There is no such claim", "No load has made a claim with this id.")
    WITHDRAWN = (
        "withdrawn",
        410,
        "This was withdrawn",
        "What was said here is closed or redacted; `tombstone` says when and why.",
    )
    NO_SUCH_QUERY = ("no-such-query", 404, "There is no such named query", "`/v1/queries` lists them.")
    NO_SUCH_ADDRESS = (
        "no-such-address",
        404,
        "There is nothing at this address",
        "`/openapi.json` describes what there is.",
    )
    WRONG_METHOD = (
        "wrong-method",
        405,
        "This address does not take this method",
        "`Allow` says which methods it takes.",
    )
    NOT_ACCEPTABLE = (
        "not-acceptable",
        406,
        "The answer has no such form",
        "Answers come as application/json, text/csv or application/x-ndjson.",
    )
    BODY_TOO_LARGE = ("body-too-large", 413, "The request is too large", "A body may have one megabyte.")
    ADDRESS_TOO_LONG = (
        "address-too-long",
        414,
        "The address is too long",
        "Send the parameters as the JSON body of a POST.",
    )
    OTHER_HOST = (
        "other-host",
        421,
        "This is not the host that was asked for",
        "`inquiry serve --public` answers under any name.",
    )
    NO_KEY = (
        "no-key",
        401,
        "A key is needed",
        "Send the key that you were given as `Authorization: Bearer KEY` or `X-API-Key: KEY`.",
    )
    TOO_OFTEN = (
        "too-often",
        429,
        "Too many requests",
        "`Retry-After` says in how many seconds the next one is answered, `RateLimit` how many are left.",
    )
    CYPHER_REFUSED = (
        "cypher-refused",
        422,
        "The Cypher cannot be run here",
        "It has a mistake, or would do something else than read the graph; `detail` says which.",
    )
    QUERY_STOPPED = (
        "query-stopped",
        422,
        "The query was stopped",
        "It took too long or too much memory. Ask for less.",
    )
    NOT_REACHABLE = (
        "graph-not-reachable",
        503,
        "The graph cannot be asked now",
        "Neo4j does not answer; try again soon.",
    )
    BUSY = (
        "busy",
        503,
        "Too many queries are waiting",
        "Cypher runs a few queries at a time, and many wait already; `Retry-After` says when to try again.",
    )
    FAILED = ("failed", 500, "Something went wrong here", "The fault is ours; the log of the server says more.")

    def __init__(self, slug: str, status: int, title: str, meaning: str) -> None:
        self.slug = slug
        self.status = status
        self.title = title
        self.meaning = meaning


_ANYWHERE: Final = (
    Kind.ADDRESS_TOO_LONG, Kind.BODY_TOO_LARGE, Kind.OTHER_HOST, Kind.NOT_REACHABLE, Kind.UNKNOWN_PARAMETER,
    Kind.FAILED, Kind.NO_KEY, Kind.TOO_OFTEN,
)  # fmt: skip


class Candidate(BaseModel):
    """An entity that may be meant."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Its id.", examples=["body:home-office"])
    name: str = Field(description="Its name.", examples=["Home Office"])
    label: str | None = Field(description="Its kind.", examples=["Body"])


class Tombstone(BaseModel):
    """What is left of something that was withdrawn."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Of the entity or claim.", examples=["body:example-board"])
    recorded_at: str | None = Field(description="Since when this graph had it.", examples=["2026-06-30T12:00:00Z"])
    withdrawn_at: str | None = Field(description="Since when it no longer does.", examples=["2026-09-30T12:00:00Z"])
    claims: int = Field(description="How many claims are closed; redacted ones are not among them.", examples=[3])
    reasons: list[str] = Field(
        description="source_changed, our_error, document_withdrawn or redacted.", examples=[["document_withdrawn"]]
    )
    notes: list[str] = Field(
        description="What the curator or the load said with it.", examples=[["the publisher took it back"]]
    )


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="Where this sort of problem is explained.", examples=["/v1/problems#ambiguous-name"])
    title: str = Field(description="What this sort is called.", examples=["A name does not say which entity is meant"])
    status: int = Field(description="The status of the reply.", examples=[422])
    detail: str = Field(description="What was wrong this time.", examples=["'Department' fits 3 entities"])
    parameter: str | None = Field(None, description="The parameter at fault.", examples=["body"])
    hint: str | None = Field(None, description="What to do.", examples=["give the id of the one you mean"])
    candidates: list[Candidate] | None = Field(
        None,
        description="Entities that may be meant.",
        examples=[[{"id": "body:home-office", "name": "Home Office", "label": "Body"}]],
    )
    tombstone: Tombstone | None = Field(
        None,
        description="What is left of what was withdrawn.",
        examples=[
            {"id": "claim:x", "recorded_at": None, "withdrawn_at": None, "claims": 0, "reasons": [], "notes": []}
        ],
    )


class ProblemError(Exception):
    """Raised where a route knows the kind of its problem."""

    def __init__(self, kind: Kind, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.more = more


def reply(kind: Kind, detail: str, *, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    """A problem as a reply."""
    problem = Problem(type=f"/v1/problems#{kind.slug}", title=kind.title, status=kind.status, detail=detail, **more)
    return JSONResponse(problem.model_dump(exclude_none=True), kind.status, headers=headers, media_type=MEDIA_TYPE)


def documented(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The problems of a route for its documentation: those given, and those that any route has."""
    titles: dict[int, list[str]] = {}
    for kind in (*kinds, *_ANYWHERE):
        titles.setdefault(kind.status, []).append(kind.title)
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": "; ".join(dict.fromkeys(words)), "content": content} for status, words in titles.items()
    }


def add_handlers(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Let every error end in a problem; `routers` have the addresses."""

    @app.exception_handler(ProblemError)
    def of_route(_: Request, error: ProblemError) -> JSONResponse:
        return reply(error.kind, error.detail, **error.more)

    @app.exception_handler(InquiryError)
    def of_graph(_: Request, error: InquiryError) -> JSONResponse:
        return _of_graph(error)

    @app.exception_handler(RequestValidationError)
    def of_request(request: Request, error: RequestValidationError) -> JSONResponse:
        return _of_request(request, error)

    @app.exception_handler(HTTPException)
    def of_framework(request: Request, error: HTTPException) -> JSONResponse:
        kinds = {404: Kind.NO_SUCH_ADDRESS, 405: Kind.WRONG_METHOD, 413: Kind.BODY_TOO_LARGE}
        kind = kinds.get(error.status_code, Kind.INVALID_PARAMETER)
        if kind is Kind.INVALID_PARAMETER:
            return reply(kind, "the body cannot be read")
        allow = {"Allow": ", ".join(sorted(_methods(routers, request)))} if kind is Kind.WRONG_METHOD else None
        return reply(kind, kind.meaning, headers=allow)


def _methods(routers: Sequence[APIRouter], request: Request) -> set[str]:
    """All methods that the address takes, whichever route has them."""
    routes = (route for router in routers for route in router.routes)
    fitting = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    return {method for route in fitting for method in getattr(route, "methods", None) or ()}


def _of_graph(error: InquiryError) -> JSONResponse:
    if isinstance(error, AmbiguousName):
        return reply(
            Kind.AMBIGUOUS_NAME,
            error.message,
            parameter=error.parameter,
            hint=hint_of(error),
            candidates=candidates_of(error),
        )
    if isinstance(error, InputError):
        return reply(Kind.INVALID_PARAMETER, error.message, parameter=error.parameter, hint=hint_of(error))
    if isinstance(error, QueryStopped):
        return reply(Kind.QUERY_STOPPED, error.message)
    if isinstance(error, StoreError):
        _log.warning("%s", error)
        return reply(Kind.NOT_REACHABLE, Kind.NOT_REACHABLE.meaning, headers={"Retry-After": RETRY_AFTER})
    _log.error("%s", error)
    return reply(Kind.FAILED, Kind.FAILED.meaning)


def candidates_of(error: AmbiguousName) -> list[Candidate]:
    """The entities that may be meant."""
    return [Candidate(id=id_, name=name, label=label) for id_, name, label in error.candidates]


def hint_of(error: InputError) -> str | None:
    """What to do, unless it speaks of the command line or of settings."""
    return None if error.hint is None or any(word in error.hint for word in _SECRETS) else error.hint


def _of_request(request: Request, error: RequestValidationError) -> JSONResponse:
    """The first thing that is wrong: a parameter that does not exist before one that cannot be read."""
    problems = sorted(error.errors(), key=lambda item: item["type"] != "extra_forbidden")
    first = problems[0]
    if first["type"] == "json_invalid" or len(first["loc"]) < 2:
        return reply(Kind.INVALID_PARAMETER, "the body is no JSON object with the parameters")
    names = [str(part) for part in first["loc"][1:]]
    parameter = names[0] if names else None
    if first["type"] == "extra_forbidden" and parameter is not None:
        unknown = _unknown(parameter, list(_known_parameters(request, "body_params")))
        return reply(unknown.kind, unknown.detail, **unknown.more)
    return reply(Kind.INVALID_PARAMETER, str(first["msg"]).removeprefix("Value error, "), parameter=parameter)


def check_query(request: Request) -> None:
    """Refuse parameters in the address that the route does not know, and such as are given twice."""
    known = list(_known_parameters(request, "query_params"))
    is_open = _takes_any(request)
    given = [name for name, _ in request.query_params.multi_items()]
    for name in given:
        if name not in known and not is_open:
            raise _unknown(name, known)
        if given.count(name) > 1:
            raise ProblemError(Kind.INVALID_PARAMETER, f"`{name}` is given more than once", parameter=name)


def _takes_any(request: Request) -> bool:
    """Whether a route takes parameters of a query that its address names."""
    fields = getattr(getattr(request.scope.get("route"), "dependant", None), "query_params", ())
    models = [field.field_info.annotation for field in fields]
    return any(
        isinstance(model, type) and issubclass(model, BaseModel) and model.model_config.get("extra") == "allow"
        for model in models
    )


def _unknown(parameter: str, known: list[str]) -> ProblemError:
    return ProblemError(
        Kind.UNKNOWN_PARAMETER,
        f"there is no parameter `{parameter}` here",
        parameter=parameter,
        hint=did_you_mean(parameter, known) or f"it takes {', '.join(known) or 'none'}",
    )


def _known_parameters(request: Request, where: str) -> Iterable[str]:
    """The names of the parameters that a route takes in its address or its body."""
    route = request.scope.get("route")
    parameters = getattr(route, "dependant", None)
    for field in getattr(parameters, where, ()):
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (one.alias or name for name, one in model.model_fields.items())
        else:
            yield field.alias
