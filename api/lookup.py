"""The entity that an address names by its id: there, joined with another one, withdrawn, or unknown."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse

from api.problems import Kind, ProblemError, Tombstone, candidates_of
from graph.errors import AmbiguousName
from graph.queries import find_entity
from graph.queries.names import with_article
from graph.queries.statements import statement
from graph.schema.moments import plain_moment
from graph.store.connection import Reader

__all__ = ["look_up", "redirect"]


def look_up(reader: Reader, wanted: str, kinds: tuple[str, ...] = (), *, is_past: bool = False) -> str | None:
    """None for an entity of one of `kinds` that is there, else the id of what it was joined with.

    Raises ProblemError where there is none (a name is no id), and where everything that was said of it was withdrawn;
    that counts as there where an earlier state of the graph is asked about (`is_past`).
    """
    rows = reader.read(statement("entity_standing"), {"id": wanted})
    if not rows:
        joined = reader.read(statement("entity_joined_by_id"), {"id": wanted})
        if not joined or (kinds and joined[0]["label"] not in kinds):
            raise _no_such(reader, wanted, kinds)
        return str(joined[0]["id"])
    label = rows[0]["label"]
    if kinds and label not in kinds:
        raise ProblemError(
            Kind.NO_SUCH_ENTITY,
            f"{wanted} is {with_article(label)}, not {with_article(' or '.join(kinds))}",
            hint=f"/v1/entities/{quote(wanted, safe=':')} has it",
        )
    if rows[0]["is_gone"] and not is_past:
        raise _withdrawn(reader, wanted)
    return None


def redirect(request: Request, template: str, entity: str) -> RedirectResponse:
    """To the same address of another entity; a judgement that is taken back parts them again, so it is not kept."""
    query = f"?{request.url.query}" if request.url.query else ""
    address = template.replace("{id}", quote(entity, safe=":"))
    return RedirectResponse(f"{address}{query}", 308, headers={"Cache-Control": "no-cache"})


def _no_such(reader: Reader, wanted: str, kinds: tuple[str, ...]) -> ProblemError:
    try:
        found = find_entity(reader, wanted, kinds)
    except AmbiguousName as error:
        return ProblemError(Kind.NO_SUCH_ENTITY, f"there is no {wanted!r}", candidates=candidates_of(error))
    return ProblemError(Kind.NO_SUCH_ENTITY, f"{wanted!r} is no id", hint=f"{found} is called so")


def _withdrawn(reader: Reader, wanted: str) -> ProblemError:
    row = reader.read(statement("entity_tombstone"), {"id": wanted})[0]
    row |= {name: plain_moment(row[name]) for name in ("recorded_at", "withdrawn_at") if row[name] is not None}
    return ProblemError(
        Kind.WITHDRAWN,
        f"everything that was said of {wanted} was withdrawn",
        hint=f"/v1/entities/{quote(wanted, safe=':')}/history has what is left",
        tombstone=Tombstone(id=wanted, **row),
    )
