"""What a view is asked to show, in the same words on the command line, in an address and in a story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field

from graph.errors import InputError, QueryError
from graph.queries import Catalogue, NamedQuery, Times, find_entity
from graph.queries.definition import Parameter
from graph.queries.subgraph import USUAL, check_limit
from graph.schema.model import did_you_mean
from graph.store.connection import Connection
from viz.perspectives import Perspective, perspective
from viz.views import Scope, View, of_cypher, of_entity, of_overview, of_query

__all__ = ["RESERVED", "Asked", "show"]

_FLAGS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
RESERVED: Final = (
    "query", "cypher", "preset", "story", "overview", "limit", "include_unchecked", "save",
    "valid_at", "known_at", "recorded_at",
)  # fmt: skip
"""Names in an address that are no parameters of a query or of Cypher; without these `entity` is one, too."""


class Asked(BaseModel):
    """An entity, a named query or Cypher; of which times, how much, and looked at from where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entity: str | None = None
    query: str | None = None
    cypher: str | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    preset: str | None = None
    overview: bool = False
    limit: int = USUAL
    include_unchecked: bool = False
    times: Times = Times()

    @classmethod
    def read(cls, address: str) -> Asked:
        """What follows the question mark of an address; raises QueryError for what no address has."""
        given = dict(parse_qsl(address.removeprefix("?"), keep_blank_values=True))
        days = [given.pop(name, None) for name in ("valid_at", "known_at", "recorded_at")]
        limit, unchecked = given.pop("limit", str(USUAL)), given.pop("include_unchecked", "false")
        if not limit.isdigit():
            raise QueryError(f"`limit` is a number, not {limit!r}")
        overview = given.pop("overview", "false")
        for name, flag in (("include_unchecked", unchecked), ("overview", overview)):
            if flag not in _FLAGS:
                raise QueryError(f"`{name}` is true or false, not {flag!r}")
        named = {name: given.pop(name, None) for name in ("query", "cypher", "preset")}
        if named["query"] is None and named["cypher"] is None:
            named["entity"] = given.pop("entity", None)
        return cls(
            **named,
            parameters=given,
            overview=_FLAGS[overview],
            limit=int(limit),
            include_unchecked=_FLAGS[unchecked],
            times=Times.read(*days),
        )

    def check(self) -> Perspective | None:
        """The perspective; raises InputError where what is asked for makes no view."""
        chosen = perspective(self.preset) if self.preset is not None else None
        given = [one for one in (self.entity, self.query, self.cypher) if one is not None]
        if self.overview and (self.query or self.cypher or chosen):
            raise InputError("an overview is of an entity, or of all that is loaded", hint="leave the rest out")
        is_whole = self.overview or (chosen is not None and chosen.query is not None)
        if len(given) > 1 or not (given or is_whole):
            raise InputError("one of these is shown: an entity, a named query or Cypher", hint="give one of them")
        if self.parameters and not (self.query or self.cypher):
            name = next(iter(self.parameters))
            raise QueryError(
                f"there is no parameter `{name}` here: parameters go with a named query or Cypher",
                hint=did_you_mean(name, ["entity", *RESERVED]) or "leave it out",
            )
        check_limit(self.limit)
        return chosen


def show(connection: Connection, catalogue: Catalogue, asked: Asked, *, timeout: float) -> View:
    """The view that is asked for; raises InputError where there is none."""
    chosen = asked.check()
    scope = Scope(asked.times, asked.limit, asked.include_unchecked, timeout, chosen)
    if asked.cypher is not None:
        return of_cypher(connection, asked.cypher, asked.parameters, scope)
    if asked.query is not None:
        query = catalogue[asked.query]
        _check_names(query, asked.parameters)
        return of_query(connection, query, asked.parameters, scope)
    begin = None
    if (wanted := asked.entity) is not None:
        begin = connection.read_together(lambda reader: find_entity(reader, wanted, on=asked.times.valid_at))
    if asked.overview:
        return of_overview(connection, begin, scope)
    if chosen is not None and chosen.query is not None:
        query = catalogue[chosen.query[0]]
        if begin is None:
            return of_query(connection, query, {}, scope)
        parameter = next(one for one in query.parameters if one.name == chosen.query[1])
        if _takes(parameter, begin):
            return of_query(connection, query, {parameter.name: begin}, scope, around=begin)
        if chosen.only == "cited":
            raise QueryError(f"{begin} is no document", hint=f"the perspective `{chosen.name}` begins with one")
    return of_entity(connection, begin or "", scope)


def _takes(parameter: Parameter, entity: str) -> bool:
    """Whether an id is of a kind that the parameter takes."""
    return not parameter.kinds or entity.partition(":")[0] in {kind.lower() for kind in parameter.kinds}


def _check_names(query: NamedQuery, given: Mapping[str, str]) -> None:
    known = [parameter.name for parameter in query.parameters]
    for name in given:
        if name.replace("-", "_") not in known:
            hint = did_you_mean(name, known) or f"it takes {', '.join(known) or 'none'}"
            raise QueryError(f"`{query.name}` has no parameter `{name}`", hint=hint)
