"""Named queries as the Cypher that Neo4j runs: `live(c)` expanded, names and evidence added, one page cut out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from typing import Final

from graph.queries.definition import NamedQuery
from graph.queries.statements import statement
from graph.schema import SCHEMA
from graph.schema.relationships import Qualifier

__all__ = [
    "answer_text",
    "as_one_parameter",
    "count_text",
    "expand",
    "fragment",
    "inquiries_text",
    "left_out_text",
    "not_public_text",
]

_OF_ONE: Final = (
    ("live", re.compile(r"\blive\((?P<claim>\w+)\)")),
    ("is_dated", re.compile(r"\bis_dated\((?P<claim>\w+)\)")),
    ("until_earliest", re.compile(r"\b(?P<claim>\w+(?:\.\w+)*)\.until_earliest\b")),
)
"""Includes of one claim. The last needs no call: an open end reads as recorded at the time asked about."""
_OF_TWO: Final = ("spans", "same_term", "disagree", "same_period")
"""Includes of two claims; one may include those after it."""
_QUALIFIERS: Final = re.compile(r"\b(?P<flag>exclusive|separating)\((?P<claim>\w+)\)")
_CALLS: Final = re.compile(r"^ *CALL (?P<name>loaded_of|predecessors)\((?:inquiry|heir, by_day)\)$", re.MULTILINE)
_PARAMETER: Final = re.compile(r"\$([a-z_]+)\b")
_CUT: Final = "SKIP $skip\nLIMIT $limit\n"
_COMMENT: Final = re.compile(r"^//.*\n", re.MULTILINE)


def as_one_parameter(text: str, parameters: Mapping[str, object]) -> tuple[str, dict[str, Mapping[str, object]]]:
    """`text` with `$asked.name` for `$name`, and its parameters as one map.

    Neo4j plans a text anew for other types of its parameters, and null has one of its own: a question of a dozen
    optional parameters would be planned, which takes seconds, for each selection of them.
    """
    return _PARAMETER.sub(r"$asked.\1", text), {"asked": parameters}


def fragment(name: str) -> str:
    """A part of a statement, without its comments."""
    return _COMMENT.sub("", statement(name)).strip()


def expand(text: str) -> str:
    """`text` with its includes spelled out.

    `live(c)` is: recorded, known, reviewed and cited at the times asked about; `disagree(a, b)`: two claims of one
    subject and predicate that cannot both be so; `same_period(a, b)`: two claims that speak of one period;
    `same_term(a, b)`: two claims of one term of office, which agree; `is_dated(c)`: a claim gives a start or an end;
    `spans(a, b)`: a term went on from where one claim lets it begin to where the other lets it end; `exclusive(c)`,
    `separating(c)`: the names of the qualifiers that the schema so calls, for a claim of its predicate; `CALL
    loaded_of(inquiry)`: what is loaded of it; `CALL predecessors(heir, by_day)`: what came before, by which
    successions.
    """
    text = _CALLS.sub(lambda match: fragment(match["name"]), text)
    for name in _OF_TWO:
        text = _include(text, name)
    text = _QUALIFIERS.sub(lambda match: _qualifiers(match["flag"], match["claim"]), text)
    for name, pattern in _OF_ONE:
        spelled = " ".join(fragment(name).split())
        text = pattern.sub(partial(_spell_out, spelled), text)
    return text


def _spell_out(spelled: str, match: re.Match[str]) -> str:
    return re.sub(r"\bc\b", match["claim"], spelled)


def _include(text: str, name: str) -> str:
    spelled = " ".join(fragment(name).split())

    def spelled_out(match: re.Match[str]) -> str:
        names = {"a": match["one"], "b": match["other"]}
        return re.sub(r"(?<!\.)\b[ab]\b(?=[.,)\[])", lambda found: names[found.group()], spelled)

    return re.sub(rf"\b{name}\((?P<one>\w+), (?P<other>\w+)\)", spelled_out, text)


def _qualifiers(flag: str, claim: str) -> str:
    """A list, by the predicate of the claim, as `coalesce({HELD: ['acting', 'interim']}[c.predicate], [])`."""
    names = {r.name: [q.name for q in r.qualifiers if _has(q, flag)] for r in SCHEMA.relationships}
    listed = ", ".join(f"{predicate}: {found}" for predicate, found in names.items() if found)
    return f"coalesce({{{listed}}}[{claim}.predicate], [])"


def _has(qualifier: Qualifier, flag: str) -> bool:
    return qualifier.exclusive if flag == "exclusive" else qualifier.separating


@lru_cache(maxsize=256)
def answer_text(query: NamedQuery) -> str:
    """The whole statement: `$skip` and `$limit` cut the page; each row brings its evidence.

    The columns are those of the definition, each entity followed by its name, and `evidence`, a list of maps. A row
    that rests on no claim is none.
    """
    columns = []
    for column in query.columns:
        columns.append(column.name)
        if column.is_entity:
            columns.append(f"{_name_of(column.name)} AS {column.names}")
        if column.is_entities:
            columns.append(f"[one_of_them IN {column.name} | {_name_of('one_of_them')}] AS {column.names}")
    entities = ", ".join(column.name for column in query.columns if column.is_entity)
    lists = "".join(f" + {column.name}" for column in query.columns if column.is_entities)
    evidence = fragment("evidence").replace("<ENTITIES>", f"[{entities}]{lists}")
    evidence = evidence.replace("<EVIDENCE>", fragment("evidence_of_claim"))
    columns_and_evidence = f"RETURN {', '.join(columns)},\n{evidence} AS evidence\nORDER BY {query.order}"
    if query.page is None:
        text = f"{_found(query)}\nWITH *\nORDER BY {query.order}\n{_CUT}{columns_and_evidence}"
    else:
        text = (
            f"{_found(query)}\nWITH *\nORDER BY {query.page}\n{_CUT}{query.details}\n"
            f"WITH {query.returns}\n{columns_and_evidence}"
        )
    return expand(text)


def _found(query: NamedQuery) -> str:
    """What finds the rows that are shown; each rests on a claim."""
    also = f" AND ({query.shown})" if query.shown else ""
    if query.page is None:
        return f"{query.finds}\nWITH {query.returns}\nWHERE size(claims) > 0{also}"
    return f"{query.finds}\nWITH *\nWHERE size(found) > 0{also}"


@lru_cache(maxsize=256)
def count_text(query: NamedQuery) -> str:
    """Counts all rows of the query."""
    return expand(f"{_found(query)}\nRETURN count(*) AS total")


@lru_cache(maxsize=256)
def left_out_text(query: NamedQuery, *, is_long: bool = False) -> str:
    """Counts the unchecked claims that the rows would rest on; to be run with `$include_unchecked` true.

    Of a query with an early page whose answer `is_long`, those by which rows are found, and no others.
    """
    return expand(f"{_all_claims(query, is_long=is_long)}\n{fragment('left_out')}")


@lru_cache(maxsize=256)
def not_public_text(query: NamedQuery, *, is_long: bool = False) -> str:
    """Counts the claims that are not shown to be public by `$public_by` and that the rows would rest on otherwise.

    To be run with `$known_at` at the end of time; `is_long` as for `left_out_text`.
    """
    return expand(f"{_all_claims(query, is_long=is_long)}\n{fragment('not_public')}")


@cache
def inquiries_text() -> str:
    """What is loaded of each of `$inquiries`, as the query `coverage` counts it."""
    return expand(statement("inquiries"))


def _all_claims(query: NamedQuery, *, is_long: bool) -> str:
    if query.page is not None and is_long:
        return f"{query.finds}\nWITH found AS claims"
    details = f"\n{query.details}" if query.details else ""
    return f"{query.finds}{details}\nWITH {query.returns}"


def _name_of(column: str) -> str:
    return fragment("name_of").replace("<ENTITY>", column)
