"""A page made from the graph, with the headers that keep it safe, or one that says what was wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.problems import Candidate, Kind, ProblemError, candidates_of, hint_of
from api.replies import Version, cached, headers_of, read_version, settled_tag, tag_of
from api.store import Graph
from graph.errors import AmbiguousName, InputError, QueryStopped
from graph.store.connection import Connection, Reader
from viz.files import edition
from viz.page import SERVED_POLICY, render
from viz.payload import without_controls

__all__ = ["answer_page", "answer_page_over", "moved"]

_HEADERS: Final = {
    "Content-Security-Policy": SERVED_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answer_page(graph: Graph, request: Request, work: Callable[[Reader, Version], str | Response]) -> Response:
    """What `work` reads from the graph in one transaction, or a page that says what was wrong."""
    timeout = graph.settings.query_timeout

    def together(connection: Connection, version: Version) -> str | Response:
        return connection.read_together(lambda reader: work(reader, version), timeout=timeout)

    return answer_page_over(graph, request, together)


def answer_page_over(graph: Graph, request: Request, work: Callable[[Connection, Version], str | Response]) -> Response:
    """What `work` makes of the graph, or a page that says what was wrong."""
    try:
        with graph.connection() as connection:
            version = read_version(connection)
            tag = _tag(version, request)
            if (known := cached(request, tag)) is not None:
                # A browser takes the headers of this reply for those of the page that it kept.
                known.headers.update(_HEADERS)
                return known
            made = work(connection, version)
            tag = tag if read_version(connection) == version else None
    except ProblemError as error:
        return _problem(error.kind, error.detail, error.more.get("candidates") or [])
    except AmbiguousName as error:
        return _problem(Kind.AMBIGUOUS_NAME, error.message, candidates_of(error))
    except InputError as error:
        return _problem(Kind.INVALID_PARAMETER, ". ".join(filter(None, [error.message, hint_of(error)])), [])
    except QueryStopped as error:
        return _problem(Kind.QUERY_STOPPED, error.message, [])
    if isinstance(made, Response):
        return made
    return HTMLResponse(made, headers={**_HEADERS, **headers_of(tag)})


def _tag(version: Version, request: Request) -> str | None:
    """As for an answer, but a page of other files is another one: it leads to files that are no longer there."""
    return None if settled_tag(version, request) is None else tag_of(version, request, edition())


def _problem(kind: Kind, detail: str, candidates: list[Candidate]) -> Response:
    near = [{"href": f"/entities/{quote(one.id)}", "name": one.name, "label": one.label} for one in candidates]
    page = render("problem.html", title=kind.title, detail=without_controls(detail), candidates=without_controls(near))
    return HTMLResponse(page, kind.status, headers={**_HEADERS, **headers_of(None)})


def moved(address: str) -> Response:
    # A judgement that is taken back parts them again.
    return RedirectResponse(address, 308, headers={"Cache-Control": "no-cache"})
