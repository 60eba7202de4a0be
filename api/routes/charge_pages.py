"""Who was in charge: of a body on a day, or of the bodies that a decision, event, recommendation or document names."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.forms import YES, mistake
from api.pages import Site, answer_page, given_of, page_reply, permalink, today
from api.replies import Version
from api.routes.neighbours import pinned
from api.store import Graph
from graph.errors import InputError
from graph.queries import Catalogue, Times, find_entity
from graph.queries.parameters import at_fault
from graph.queries.show import read_entity
from graph.store.connection import Reader
from viz.asker import Asker
from viz.holders import holders_of_body, in_office_when
from viz.payload import without_controls
from viz.tables import part_of

__all__ = ["charge_pages_router"]

_DATED: Final = ("Decision", "Event", "Recommendation", "Document")


class Charge(BaseModel):
    """Of which body on which day, or on the day of what."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field("", max_length=500)
    on: str = Field("", max_length=20)
    about: str = Field("", max_length=500)
    known_at: str = Field("", max_length=100)
    recorded_at: str = Field("", max_length=100)
    include_unchecked: str = Field("", max_length=10)


def charge_pages_router(graph: Graph, site: Site, catalogue: Catalogue) -> APIRouter:
    """`/in-charge`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/in-charge")
    def in_charge(request: Request, _: Annotated[Charge, Query()]) -> Response:
        def work(reader: Reader, version: Version) -> str | Response:
            path, given = request.url.path, given_of(request)
            shown = {"title": "Who was in charge", "given": without_controls(dict(given)), "tables": [], "error": None}
            try:
                found = _found(reader, catalogue, given, version)
            except InputError as error:
                wrong = without_controls(mistake(error, path, given))
                page = site.render("charge.html", path, **_blank(), **{**shown, "error": wrong})
                return page_reply(page, 422)
            link = permalink(request, version) if found else None
            return site.render("charge.html", path, **{**_blank(), **shown, **found}, permalink=link)

        return answer_page(graph, request, work)

    return router


def _blank() -> dict[str, Any]:
    return {"today": today().isoformat(), "who": None, "on": None}


def _found(reader: Reader, catalogue: Catalogue, given: Any, version: Version) -> dict[str, Any]:
    """The holders; nothing where nothing was asked yet. Raises InputError for what cannot be read."""
    if "about" in given and "body" in given:
        raise InputError("ask about a body on a day, or about what has a day of its own", hint="leave one out")
    if "about" in given:
        asker = _asker(reader, catalogue, given, version, None)
        with at_fault("about"):
            about = find_entity(reader, given["about"], _DATED)
        return _answer(asker, about, None, in_office_when(asker, about, "Who held the offices that it names"))
    if "body" in given:
        asker = _asker(reader, catalogue, given, version, given.get("on", today().isoformat()))
        with at_fault("body"):
            body = find_entity(reader, given["body"], ("Body",), asker.times.valid_at)
        day = str(asker.times.valid_at)
        return _answer(asker, body, day, holders_of_body(asker, body, "Who held its offices"))
    return {}


def _asker(reader: Reader, catalogue: Catalogue, given: Any, version: Version, day: str | None) -> Asker:
    with at_fault("on"):
        times = Times.read(day, given.get("known_at"), given.get("recorded_at"))
    asked = {name: given[name] for name in ("known_at", "recorded_at") if name in given}
    unchecked = given.get("include_unchecked", "").lower() in YES
    asked |= {"include_unchecked": "true"} if unchecked else {}
    return Asker(
        reader, catalogue, pinned(times, version), {"valid_at": day, **asked} if day is not None else asked, unchecked
    )


def _answer(asker: Asker, entity: str, day: str | None, table: Any) -> dict[str, Any]:
    _, properties = read_entity(asker.reader, entity)
    name = properties.get("name") or next(iter(properties.get("name_values", ())), None)
    who = without_controls(part_of(entity, name))
    title = f"Who was in charge of {who['text']}, {day}" if day else f"Who was in charge then: {who['text']}"
    return {"title": title, "who": who, "on": day, "tables": [table], "data": table["more"]["json"]}
