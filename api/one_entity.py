"""Answers about one entity, which may be elsewhere, withdrawn or unknown: whole, or in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.cursors import Cursor
from api.entity_models import Paged
from api.lookup import look_up, redirect
from api.replies import Version, cached, headers_of, next_page, read_version, settled_tag
from api.store import Graph
from graph.store.connection import Reader

__all__ = ["OneEntity"]


@dataclass(frozen=True)
class OneEntity:
    """A request about one entity, which may be elsewhere, withdrawn or unknown."""

    graph: Graph
    request: Request
    id: str
    template: str
    kinds: tuple[str, ...] = ()
    shows_the_past: bool = False
    """Whether it answers about what was withdrawn, too."""

    def reply(self, read: Callable[[Reader], dict[str, Any]]) -> Response:
        """What is read of the entity as it is."""
        return self._reply(lambda reader, _: read(reader), is_past=False)

    def pages(
        self,
        asked: Paged,
        key: str,
        recorded_at: datetime | None,
        read: Callable[[Reader, Cursor, bool], dict[str, Any]],
    ) -> Response:
        """One page of what is read, which the pages after it follow, whatever is loaded meanwhile."""

        def page(reader: Reader, version: Version) -> dict[str, Any]:
            begin = Cursor.first(key, recorded_at, version.before)
            place = Cursor.read(asked.cursor, key) if asked.cursor is not None else begin
            is_pinned = asked.cursor is not None or version.before is not None
            answer = read(reader, place, is_pinned)
            given = len(answer.get("claims", answer.get("events", ())))
            after = place.model_copy(update={"skip": place.skip + given}).text if answer["truncated"] else None
            return {**answer, "limit": asked.limit, "next_cursor": after}

        return self._reply(page, is_past=recorded_at is not None or self.shows_the_past)

    def _reply(self, read: Callable[[Reader, Version], dict[str, Any]], *, is_past: bool) -> Response:
        def work(reader: Reader) -> dict[str, Any] | str:
            return look_up(reader, self.id, self.kinds, is_past=is_past) or read(reader, version)

        with self.graph.connection() as connection:
            version = read_version(connection)
            tag = settled_tag(version, self.request)
            if (known := cached(self.request, tag)) is not None:
                return known
            answer = connection.read_together(work, timeout=self.graph.settings.query_timeout)
            tag = tag if read_version(connection) == version else None
        if isinstance(answer, str):
            return redirect(self.request, self.template, answer)
        cursor = answer.get("next_cursor")
        headers = headers_of(tag) | (next_page(self.request, cursor) if cursor else {})
        return JSONResponse(answer, headers=headers)
