"""The answer of a named query beside the naive one: rows, evidence and what is left out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from graph.queries import Answer, NamedQuery
from oracle import answering, documents, lists, offices, recommendations, timelines  # noqa: F401  # each registers its answers
from oracle.record import Said, replay
from oracle.world import ORACLES, Row, World

__all__ = ["ORACLES", "complaints"]

_ORDERED = {"how", "explicit", "positions", "stated", "missing", "seen_on", "path", "successions"}
"""Lists whose order tells something; of the others it does not."""


def complaints(world: World, query: NamedQuery, answer: Answer) -> list[str]:
    """In what an answer differs from the naive one; empty where it does not."""
    rows = [_plain(query, row) for row in answer.rows]
    found = [complaint for row in answer.rows for complaint in _about_evidence(world, row)]
    found += [complaint for row in answer.rows for complaint in _about_names(world, query, row)]
    if query.name == "paths":
        wrong = timelines.judge_paths(world, rows)
        return [*found, *([wrong] if wrong else [])]
    expected = [row for row in _naive(query, world) if row.pop("shown")]
    found += _difference(rows, expected)
    if answer.total["value"] != len(expected):
        found.append(f"the total is {answer.total['value']}, not {len(expected)}")
    return found + _about_what_is_left_out(world, query, answer)


def _naive(query: NamedQuery, world: World) -> list[Row]:
    """The rows of the oracle, with the names of their ends in the evidence; a row without claims is none."""
    rows = []
    for row in ORACLES[query.name](world):
        if row["claims"]:
            tidy = {column.name: _tidy(column.name, row[column.name]) for column in query.columns}
            ends = [row[column.name] for column in query.columns if column.is_entity]
            ends += [one for column in query.columns if column.is_entities for one in row[column.name]]
            naming = {names[0].id for end in ends if end and (names := world.said("name", of=end))}
            rows.append(
                {**tidy, "claims": row["claims"] | naming, "behind": row["claims"], "shown": row.get("shown", True)}
            )
    return rows


def _plain(query: NamedQuery, row: Row) -> Row:
    columns = {column.name: _tidy(column.name, row[column.name]) for column in query.columns}
    return {**columns, "claims": {item["claim"] for item in row["evidence"]}}


def _tidy(name: str, value: Any) -> Any:
    return sorted(value) if isinstance(value, list) and name not in _ORDERED else value


def _difference(rows: list[Row], expected: list[Row]) -> list[str]:
    left = [{name: value for name, value in row.items() if name != "behind"} for row in expected]
    surplus = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            surplus.append(row)
    return [f"not expected: {row}" for row in surplus] + [f"missing: {row}" for row in left]


def _about_evidence(world: World, row: Row) -> list[str]:
    """Each claim is one of the times asked about, and is cited where it was read until then."""
    shown: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in row["evidence"]:
        shown[item["claim"]].append(item)
    known = {said.id: said for said in world.claims}
    found = [] if shown else [f"no evidence: {row}"]
    for claim, items in shown.items():
        if claim not in known:
            found.append(f"{claim} is not made at the times asked about: {items[0]}")
        elif (places := _places(known[claim])) != {_place(item) for item in items} or len(places) != len(items):
            found.append(f"{claim} is cited as {items}, not {places}")
    return found


def _places(said: Said) -> set[tuple[Any, ...]]:
    claim = said.claim
    return {
        (
            *(claim.subject, claim.predicate, claim.object, said.text, said.document),
            *(place.claim.citations[0].locator, place.claim.citations[0].version),
            *(claim.said_by, claim.method, claim.review, claim.deprecated),
        )
        for place in said.places
    }


def _place(item: dict[str, Any]) -> tuple[Any, ...]:
    names = ("subject", "predicate", "object", "value", "document", "locator", "version")
    return tuple(item[name] for name in (*names, "said_by", "method", "review", "deprecated"))


def _about_names(world: World, query: NamedQuery, row: Row) -> list[str]:
    """A name is one that the graph gives now or gave then."""
    ends = [(row[c.name], row[f"{c.name}_name"]) for c in query.columns if c.is_entity]
    for column in query.columns:
        if column.is_entities:
            ends += list(zip(row[column.name], row[f"{column.name}_names"], strict=True))
    now = [said for said in replay(world.loads, None) if said.predicate == "name" and not said.is_unchecked]
    found = []
    for end, name in ends:
        then = world.said("name", of=end) if end else []
        allowed = {said.text for said in [*now, *then] if said.subject == end}
        if name not in allowed and not (name is None and not then):
            found.append(f"{end} is called {name}, not one of {allowed}")
    return found


def _about_what_is_left_out(world: World, query: NamedQuery, answer: Answer) -> list[str]:
    question = world.question
    expected = {"unchecked": 0}
    if not question.include_unchecked:
        everything = world.but(include_unchecked=True)
        expected["unchecked"] = len(_behind(query, everything, lambda said: said.is_unchecked))
    if question.known_at is not None:
        day = question.known_at
        everything = world.but(known_at=None)
        expected["not_public_by_then"] = len(_behind(query, everything, lambda said: not said.is_public(day)))
    given = {name: answer.left_out.get(name) for name in expected}
    return [] if given == expected else [f"left out: {given}, not {expected}"]


def _behind(query: NamedQuery, world: World, is_left_out: Any) -> set[str]:
    left_out = {said.id for said in world.claims if is_left_out(said)}
    return {claim for row in _naive(query, world) for claim in row["behind"] & left_out}
