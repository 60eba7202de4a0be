"""Problems as pages: whoever looks at a page that fails is told so in a page."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import OPEN
from api.pages import PAGE_HEADERS, Site
from api.problems import MEDIA_TYPE
from viz.payload import without_controls
from viz.tables import part_of

__all__ = ["ProblemPages"]

_FOR_PROGRAMS: Final = ("/v1", "/static")


class ProblemPages:
    """Makes a problem at the address of a page a page, unless JSON is asked for and no page is."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in OPEN or scope["path"].startswith(_FOR_PROGRAMS):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def answer(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message) and _wants_page(scope):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send(scope["path"], start, json.loads(body), send)

        await self._app(scope, receive, answer)

    async def _send(self, path: str, start: Message, problem: dict[str, Any], send: Send) -> None:
        page = self._page(path, problem).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers.update(PAGE_HEADERS)
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Content-Length"] = str(len(page))
        headers.setdefault("Cache-Control", "no-store")
        headers.add_vary_header("Accept")
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": page})

    def _page(self, path: str, problem: dict[str, Any]) -> str:
        told = without_controls({"hint": None, "tombstone": None, **problem})
        near = [{**part_of(one["id"], one["name"]), "label": one["label"]} for one in told.get("candidates", ())]
        return self._site.render(
            "problem.html",
            path,
            title=told["title"],
            detail=told["detail"],
            hint=told["hint"],
            tombstone=told["tombstone"],
            candidates=near,
        )


def _is_problem(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type") == MEDIA_TYPE


def _wants_page(scope: Scope) -> bool:
    """Browsers name HTML; a program that takes anything gets a page only where there is one."""
    accepted = Headers(scope=scope).get("accept", "*/*")
    is_page = "route" in scope and not getattr(scope["route"], "include_in_schema", True)
    return "text/html" in accepted or (is_page and "*/*" in accepted)
