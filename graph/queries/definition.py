"""A named query as its file defines it: the question, typed parameters and columns, and the Cypher.

A file begins with a comment. Its first line says what the query answers; further lines declare:

    // valid time: parameter | row | none
    // parameter NAME: TYPE[, required][, default VALUE][, needs NAME] - what it means
    // needs one of: NAME, NAME
    // shown: CONDITION
    // column NAME: TYPE - what it means

A TYPE is text, integer, number, date, boolean, list, `predicate` (a property or relationship of the schema), `entity`,
`entities` (a list of them), or labels of the schema joined by `|`; where an entity is wanted a name serves too. That of
a parameter may also be a vocabulary of the schema, or small words joined by `|`: it takes one of these words. `needs
one of` names parameters of which at least one must be given; a parameter that `needs` another means nothing without it.
Where `shown` is given, a row for which its condition on the columns does not hold is not shown; what it rests on counts
as left out all the same, since it may be why there is no row: an answer that was not public yet, for a recommendation
that seems to have none. The Cypher ends with one `RETURN` at the beginning of a line, which gives the columns and
`claims`, the ids of the claims that make the row, and with an `ORDER BY` of columns. `live(c)` stands for the tests of
recorded time, known time, review and citation of a claim; `disagree(a, b)` for: two claims of one subject and predicate
that cannot both be so; `same_period(a, b)` for: two claims that speak of one period; `same_term(a, b)` for: two claims
of one term of office, which agree; `is_dated(c)` for: a claim gives a start or an end; `spans(a, b)` for: a term went
on from where one claim lets it begin to where the other lets it end; `exclusive(c)` and `separating(c)` for: the names
of the qualifiers of its predicate that the schema so calls; a line `CALL loaded_of(inquiry)` for: each document of an
inquiry with how many recommendations are loaded and stated; a line `CALL predecessors(heir, by_day)` for: what came
before a body, with the paths of successions from there. A row whose `claims` are empty is not shown.

A query whose answers can be long may cut its page early: after a `WITH` that ends what finds the rows, a line

    // page: COLUMNS

gives their order (the same as the final one), and the clauses below it, which must keep one row for each, are run for
the rows of the page alone. The `WITH` carries `found`, the ids of the claims by which the row is found.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from graph.errors import QueryError
from graph.schema import SCHEMA
from graph.schema.vocabulary import VOCABULARIES

__all__ = ["Column", "NamedQuery", "Parameter", "ValidTime", "read_query"]

_PLAIN_TYPES: Final = frozenset(
    {"text", "integer", "number", "date", "boolean", "list", "predicate", "entity", "entities"}
)
_PARAMETER: Final = re.compile(
    r"parameter (?P<name>[a-z_]+): (?P<type>[\w|]+)(?P<required>, required)?"
    r"(?:, default (?P<default>[^\s,]+))?(?:, needs (?P<needs>[a-z_]+))? - (?P<text>.+)"
)
_WORDS: Final = re.compile(r"[a-z_]+(?:\|[a-z_]+)+")
_COLUMN: Final = re.compile(r"column (?P<name>[a-z_]+): (?P<type>[\w|]+) - (?P<text>.+)")
_DECLARED: Final = ("parameter ", "column ", "valid time", "needs ", "shown")
_VALID_TIME: Final = re.compile(r"valid time: (?P<how>\w+)")
_NEEDS: Final = re.compile(r"needs one of: (?P<names>[a-z_]+(?:, [a-z_]+)+)")
_SHOWN: Final = re.compile(r"shown: (?P<condition>.+)")
_PAGE: Final = re.compile(r"^// page: (?P<order>.+)$", re.MULTILINE)
_FINAL: Final = re.compile(r"^RETURN (?P<items>.*?)^ORDER BY (?P<order>.+)\Z", re.MULTILINE | re.DOTALL)


class ValidTime(StrEnum):
    """Which day states are asked about: that of a parameter, that of each row, or none."""

    PARAMETER = "parameter"
    ROW = "row"
    NONE = "none"


class Parameter(BaseModel):
    """A typed parameter of a named query."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: str
    description: str
    required: bool = False
    default: str | None = None
    needs: str | None = None
    """The parameter without which it means nothing."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The labels an entity may have; empty where any will do, or where no entity is wanted."""
        return tuple(self.type.split("|")) if self.is_entity and self.type != "entity" else ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of which it takes one; empty for other types."""
        return VOCABULARIES.get(self.type) or (tuple(self.type.split("|")) if _WORDS.fullmatch(self.type) else ())

    @property
    def is_entity(self) -> bool:
        """Whether an id or a name of an entity is wanted."""
        return (self.type not in _PLAIN_TYPES and not self.words) or self.type == "entity"


class Column(BaseModel):
    """A typed column of the rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    type: str
    description: str

    @property
    def is_entity(self) -> bool:
        """Whether it holds the id of an entity."""
        return self.type not in _PLAIN_TYPES or self.type == "entity"

    @property
    def is_entities(self) -> bool:
        """Whether it holds a list of ids."""
        return self.type == "entities"

    @property
    def names(self) -> str | None:
        """The column beside it that has the name of its entity, or the names of its entities; none for other types."""
        return f"{self.name}_name" if self.is_entity else f"{self.name}_names" if self.is_entities else None


class NamedQuery(BaseModel):
    """A question with a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    question: str
    valid_time: ValidTime
    parameters: tuple[Parameter, ...]
    needs_one_of: tuple[str, ...]
    """Parameters of which at least one must be given; empty where there are no such."""
    shown: str | None = None
    """The condition on the columns for a row to be shown; without, each row is that rests on a claim."""
    columns: tuple[Column, ...]
    finds: str
    """The clauses that find the rows."""
    page: str | None
    """The order in which the page is cut before `details`; without, the page is cut at the end."""
    details: str
    """The clauses between the page and the final `RETURN`; empty where there is no early page."""
    returns: str
    order: str

    @property
    def flat_columns(self) -> tuple[str, ...]:
        """The columns of a flat table of its rows: each entity with its name beside it, the evidence at the end."""
        both = (name for column in self.columns for name in (column.name, column.names) if name is not None)
        return (*both, "evidence")


def read_query(name: str, text: str, where: str) -> NamedQuery:
    """The definition in a file; raises QueryError with the place of what is wrong."""
    comments = [line[2:].strip() for line in text.splitlines() if line.startswith("//")]
    before, page, after = _split_page(text)
    clauses = _clauses(after if page else before)
    if not comments:
        raise QueryError("the file does not say what it answers", where=where, hint="begin it with `// question?`")
    final = _FINAL.search(clauses)
    if final is None:
        raise QueryError(
            "the query has no final RETURN with an ORDER BY",
            where=where,
            hint="end with `RETURN …, claims` and `ORDER BY …`",
        )
    parameters, columns, valid_time = _declarations(comments[1:], where)
    needs_one_of = _read_needs(comments[1:], parameters, where)
    query = NamedQuery(
        name=name,
        question=comments[0],
        valid_time=valid_time,
        parameters=parameters,
        needs_one_of=needs_one_of,
        shown=next((match["condition"] for line in comments[1:] if (match := _SHOWN.fullmatch(line))), None),
        columns=columns,
        finds=_clauses(before) if page else clauses[: final.start()].rstrip(),
        page=page,
        details=clauses[: final.start()].rstrip() if page else "",
        returns=final["items"].strip(),
        order=final["order"].strip().rstrip(";"),
    )
    _check_columns(query, where)
    return query


def _split_page(text: str) -> tuple[str, str | None, str]:
    match = _PAGE.search(text)
    return (text[: match.start()], match["order"].strip(), text[match.end() :]) if match else (text, None, "")


def _clauses(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()


def _declarations(comments: list[str], where: str) -> tuple[tuple[Parameter, ...], tuple[Column, ...], ValidTime]:
    parameters: list[Parameter] = []
    columns: list[Column] = []
    valid_time = ValidTime.NONE
    for line in comments:
        if match := _PARAMETER.fullmatch(line):
            parameters.append(
                Parameter(
                    name=match["name"],
                    type=_check_parameter_type(match["type"], where),
                    required=match["required"] is not None,
                    default=match["default"],
                    needs=match["needs"],
                    description=match["text"],
                )
            )
        elif match := _COLUMN.fullmatch(line):
            columns.append(
                Column(name=match["name"], type=_check_type(match["type"], where), description=match["text"])
            )
        elif match := _VALID_TIME.fullmatch(line):
            valid_time = _read_valid_time(match["how"], where)
        elif line.startswith(_DECLARED) and not (_NEEDS.fullmatch(line) or _SHOWN.fullmatch(line)):
            raise QueryError(
                f"this line cannot be read: {line}", where=where, hint="see the reference of named queries"
            )
    return tuple(parameters), tuple(columns), valid_time


def _read_needs(comments: list[str], parameters: tuple[Parameter, ...], where: str) -> tuple[str, ...]:
    names = [name for line in comments if (match := _NEEDS.fullmatch(line)) for name in match["names"].split(", ")]
    known = {parameter.name for parameter in parameters}
    needed = [("needs one of", name) for name in names]
    needed += [(f"{p.name} needs", p.needs) for p in parameters if p.needs is not None]
    for what, name in needed:
        if name not in known:
            raise QueryError(
                f"`{what}` names `{name}`, which is no parameter", where=where, hint=f"declare `parameter {name}`"
            )
    return tuple(names)


def _read_valid_time(how: str, where: str) -> ValidTime:
    if how not in list(ValidTime):
        raise QueryError(f"unknown valid time `{how}`", where=where, hint=f"one of {', '.join(ValidTime)}")
    return ValidTime(how)


def _check_parameter_type(type_: str, where: str) -> str:
    return type_ if type_ in VOCABULARIES or _WORDS.fullmatch(type_) else _check_type(type_, where)


def _check_type(type_: str, where: str) -> str:
    for part in type_.split("|"):
        if part not in _PLAIN_TYPES and part not in SCHEMA.by_label:
            raise QueryError(
                f"unknown type `{part}`", where=where, hint=f"one of {', '.join(sorted(_PLAIN_TYPES))} or a label"
            )
    return type_


def _check_columns(query: NamedQuery, where: str) -> None:
    names = [item.rpartition(" AS ")[2].strip() for item in _split_items(query.returns)]
    declared = [*(column.name for column in query.columns), "claims"]
    if names != declared:
        raise QueryError(
            f"the columns are declared as {', '.join(declared)} but returned as {', '.join(names)}",
            where=where,
            hint="declare each column in the order of RETURN, and return `claims` last",
        )


def _split_items(returns: str) -> list[str]:
    """The items of a RETURN, split at commas that stand in no bracket."""
    items, depth, begin = [], 0, 0
    for position, character in enumerate(returns):
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            items.append(returns[begin:position])
            begin = position + 1
    return [*items, returns[begin:]]
