"""The view: a subgraph that one explores, of an entity, a named query or Cypher."""

from __future__ import annotations

from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import ConfigDict, Field, StrictStr

from api.models import TimesAsked
from api.pages import answer_page_over, moved, page_reply
from api.problems import Kind, ProblemError
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from api.turns import Turns
from graph.errors import QueryError
from graph.queries import Catalogue, find_entity
from graph.queries.subgraph import LARGEST, USUAL
from graph.schema.model import did_you_mean
from graph.store.connection import Connection
from viz.asked import RESERVED, Asked, show
from viz.network import Network
from viz.page import served_view
from viz.stories import packaged_stories
from viz.telling import tell

__all__ = ["explore_router"]

_LONGEST_CYPHER: Final = 8_000
"""Characters of an address; the API takes longer texts, and gives rows."""
_SECONDS_OF_CYPHER: Final = 10.0


class Explored(TimesAsked):
    """What is shown, and how much of it; other names are parameters of the named query or of Cypher."""

    model_config = ConfigDict(extra="allow")

    entity: str | None = Field(None, min_length=1, max_length=500)
    query: str | None = Field(None, min_length=1, max_length=100)
    cypher: str | None = Field(None, min_length=1, max_length=_LONGEST_CYPHER)
    preset: str | None = Field(None, min_length=1, max_length=100)
    story: str | None = Field(None, min_length=1, max_length=100)
    overview: bool = False
    limit: int = Field(USUAL, ge=1, le=LARGEST)
    include_unchecked: bool = False
    save: bool = False
    __pydantic_extra__: dict[str, StrictStr]

    def asked(self, given: dict[str, str]) -> Asked:
        """As views take it; `given` is what the address says."""
        is_question = self.query is not None or self.cypher is not None
        named = {*RESERVED} if is_question else {*RESERVED, "entity"}
        return Asked(
            entity=None if is_question else self.entity,
            query=self.query,
            cypher=self.cypher,
            parameters={name: value for name, value in given.items() if name not in named},
            preset=self.preset,
            overview=self.overview,
            limit=self.limit,
            include_unchecked=self.include_unchecked,
            times=self.times,
        )


def explore_router(graph: Graph, catalogue: Catalogue, turns: Turns) -> APIRouter:
    """`/explore`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/explore")
    async def explore(request: Request, explored: Annotated[Explored, Query()]) -> Response:
        def work() -> Response:
            return answer_page_over(
                graph, request, lambda connection, version: _explore(connection, request, explored, version)
            )

        _check_origin(request, explored)
        return await (turns.run(work) if explored.cypher is not None else to_thread.run_sync(work))

    def _explore(connection: Connection, request: Request, explored: Explored, version: Version) -> str | Response:
        if explored.story is not None:
            return _story(connection, request, explored, version)
        asked = explored.asked(dict(request.query_params))
        asked.check()
        timeout = graph.settings.query_timeout
        if (wanted := asked.entity) is not None:
            found = connection.read_together(lambda reader: find_entity(reader, wanted, on=asked.times.valid_at))
            if found != wanted:
                address = request.url.include_query_params(entity=found)
                return moved(f"{address.path}?{address.query}")
        if asked.cypher is not None:
            timeout = min(timeout, _SECONDS_OF_CYPHER)
        asked = asked.model_copy(update={"times": pinned(asked.times, version)})
        view = show(connection, catalogue, asked, timeout=timeout)
        return _sent(request, view.network(), explored)

    def _story(connection: Connection, request: Request, explored: Explored, version: Version) -> str | Response:
        stories = packaged_stories()
        name = explored.story or ""
        if name not in stories:
            hint = did_you_mean(name, list(stories)) or f"there are {', '.join(stories)}"
            raise QueryError(f"there is no story `{name}`", hint=hint)
        network = tell(
            connection,
            catalogue,
            stories[name],
            timeout=graph.settings.query_timeout,
            times=pinned(explored.times, version),
        )
        return _sent(request, network, explored)

    return router


def _check_origin(request: Request, explored: Explored) -> None:
    """Cypher runs where somebody goes to the address, not where a page from elsewhere has it as a picture."""
    sent = request.headers
    is_foreign = sent.get("sec-fetch-site") == "cross-site" and sent.get("sec-fetch-mode") != "navigate"
    if explored.cypher is not None and is_foreign:
        raise ProblemError(Kind.CYPHER_REFUSED, "a page from elsewhere asked for this", hint="open the address itself")


def _sent(request: Request, network: Network, explored: Explored) -> str | Response:
    """The page of a view, or the view as a file."""
    if explored.save:
        file = page_reply(network.generate_html())
        file.headers["Content-Disposition"] = 'attachment; filename="view.html"'
        return file
    address = request.url.include_query_params(save="true")
    return served_view(network.payload(), api="/v1", save=f"?{address.query}")
