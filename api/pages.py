"""A page made from the graph, with the headers that keep it safe and what stands around every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.replies import Version, cached, headers_of, read_version, settled_tag, tag_of
from api.store import Graph
from graph.settings import Settings
from graph.store.connection import Connection, Reader
from viz.files import edition
from viz.page import SERVED_POLICY, render

__all__ = [
    "PAGE_HEADERS",
    "Site",
    "answer_page",
    "answer_page_over",
    "given_of",
    "moved",
    "page_reply",
    "permalink",
    "today",
]

PAGE_HEADERS: Final = {
    "Content-Security-Policy": SERVED_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FORGETS: Final = ("cursor", "format")


class Site:
    """What stands around every page: the way to all others, and where mistakes are told."""

    def __init__(self, settings: Settings) -> None:
        self._corrections = _corrections(settings.corrections)

    def render(self, template: str, path: str, **values: Any) -> str:
        """A page at `path`; `data` is where the same is as JSON, `permalink` what shows the same next year."""
        return render(template, **{"data": None, "permalink": None, **values}, here=path, corrections=self._corrections)


def _corrections(given: str | None) -> dict[str, str] | None:
    if given is None:
        return None
    is_mail = "://" not in given
    return {"href": f"mailto:{given}" if is_mail else given, "text": given}


def answer_page(graph: Graph, request: Request, work: Callable[[Reader, Version], str | Response]) -> Response:
    """What `work` reads from the graph in one transaction; what is raised becomes a problem."""
    timeout = graph.settings.query_timeout

    def together(connection: Connection, version: Version) -> str | Response:
        return connection.read_together(lambda reader: work(reader, version), timeout=timeout)

    return answer_page_over(graph, request, together)


def answer_page_over(graph: Graph, request: Request, work: Callable[[Connection, Version], str | Response]) -> Response:
    """What `work` makes of the graph; what is raised becomes a problem."""
    with graph.connection() as connection:
        version = read_version(connection)
        tag = _tag(version, request)
        if (known := cached(request, tag)) is not None:
            # A browser takes the headers of this reply for those of the page that it kept.
            known.headers.update(PAGE_HEADERS)
            return known
        made = work(connection, version)
        tag = tag if read_version(connection) == version else None
    return made if isinstance(made, Response) else page_reply(made, tag=tag)


def page_reply(page: str, status: int = 200, *, tag: str | None = None) -> Response:
    """A page with its headers."""
    return HTMLResponse(page, status, headers={**PAGE_HEADERS, **headers_of(tag)})


def _tag(version: Version, request: Request) -> str | None:
    """As for an answer, but a page of other files is another one: it leads to files that are no longer there."""
    return None if settled_tag(version, request) is None else tag_of(version, request, edition())


def permalink(request: Request, version: Version, *, day: date | None = None) -> str | None:
    """The address under which a page says the same later: at the state of the graph that the last load left, and on
    the day that it is about."""
    ended = [moment for _, _, moment in version.loads if moment is not None]
    if not ended or version.began is not None:
        return None
    asked = {name: value for name, value in request.query_params.items() if value and name not in _FORGETS}
    pinned = {**asked, "recorded_at": asked.get("recorded_at", max(ended))}
    if day is not None:
        pinned["valid_at"] = asked.get("valid_at", day.isoformat())
    return f"{quote(request.url.path)}?{urlencode(pinned, quote_via=quote)}"


def today() -> date:
    """The day of a question that names none."""
    return datetime.now(UTC).date()


def given_of(request: Request) -> Mapping[str, str]:
    """What a form sent: fields that were left empty are not given."""
    return {name: text for name, value in request.query_params.items() if (text := value.strip())}


def moved(address: str) -> Response:
    """To another address; a judgement that is taken back parts entities again, so it is not kept."""
    return RedirectResponse(address, 308, headers={"Cache-Control": "no-cache"})
