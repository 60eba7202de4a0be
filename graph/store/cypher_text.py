"""What the text of a strange query shows before Neo4j reads it: calls, LOAD CSV, functions of plugins, deep nesting.

Plans do not show everything: in an expression such as `[x IN list | COLLECT { LOAD CSV … }]` a subquery is planned when
it runs, and functions appear in no plan at all. So the words of the text are looked at too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final, NamedTuple

from graph.errors import QueryError

__all__ = ["ALLOWED_FUNCTIONS", "MAX_LENGTH", "check_text"]

MAX_LENGTH: Final = 20_000
"""Characters; the longest named query has 7,000."""
_MAX_DEPTH: Final = 100
"""Brackets within brackets. Neo4j 5.26.30 with the usual stack of 1 MB reads 200; at 400 the connection hangs."""
_MAX_PREFIXES: Final = 50
"""NOT, !, - or + one after the other. Neo4j reads 100 NOT; at 500 the connection hangs."""

_CLOCKS: Final = ("date", "datetime", "localdatetime", "localtime", "time")
_OF_CLOCKS: Final = ("fromepoch", "fromepochmillis", "realtime", "statement", "transaction", "truncate")
ALLOWED_FUNCTIONS: Final = frozenset(
    {
        *(f"{clock}.{name}" for clock in _CLOCKS for name in _OF_CLOCKS),
        "duration.between", "duration.indays", "duration.inmonths", "duration.inseconds",
        "point.distance", "point.withinbbox", "vector.similarity.cosine", "vector.similarity.euclidean",
    }
)  # fmt: skip
"""Functions of Neo4j itself whose names have a dot, in lower case; those of plugins all have one."""

_TOKEN: Final = re.compile(
    r"""(?P<comment>//[^\r\n]*|/\*.*?\*/)
      | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | `(?P<quoted>(?:``|[^`])*)`
      | (?P<word>\w+)
      | (?P<symbol>\S)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"


class _Token(NamedTuple):
    kind: str  # string, quoted, word or symbol
    text: str

    @property
    def is_name(self) -> bool:
        return self.kind in {"quoted", "word"}


_END: Final = _Token("symbol", "")


def check_text(text: str, procedures: Set[str]) -> None:
    """Raises QueryError where the text calls anything but `procedures` and built-in functions, reads files or addresses
    with LOAD CSV, or is so long or so deeply nested that Neo4j would choke on it."""
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text)} characters, and at most {MAX_LENGTH} are read")
    if re.search(r"\\u", text, re.IGNORECASE):
        # Neo4j replaces them before it reads the query: an escaped quote would end a string that goes on for us.
        raise QueryError(r"\u escapes are not read here", hint="write the character itself, or give a parameter")
    tokens = list(_tokens(text))
    _check_nesting(tokens)
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else _END
        after = tokens[place + 1] if place + 1 < len(tokens) else _END
        if token.kind == "word" and token.text.upper() == "LOAD" and after.text.upper() == "CSV":
            raise QueryError("this query is refused: it does LOAD CSV", hint="only what reads the graph is run here")
        if _is_call(token, before, after):
            _check_name(_dotted(tokens, place + 1)[0], procedures, "procedure")
        elif token.is_name and before.text != ".":
            name, end = _dotted(tokens, place)
            if "." in name and end < len(tokens) and tokens[end].text == "(" and name not in procedures:
                _check_name(name.lower(), ALLOWED_FUNCTIONS, "function")


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "symbol"
        if kind != "comment":
            yield _Token(kind, "" if kind == "string" else match[kind])


def _is_call(token: _Token, before: _Token, after: _Token) -> bool:
    """Say whether this is CALL before the name of a procedure, and not a subquery, a property or a label."""
    if token.kind != "word" or token.text.upper() != "CALL" or before.text in {".", ":", "$", "|", "&"}:
        return False
    return after.is_name and before.text.upper() != "AS"


def _dotted(tokens: list[_Token], place: int) -> tuple[str, int]:
    """Return the name with its dots that begins at `place`, and the place after it."""
    parts = [tokens[place].text]
    place += 1
    while place + 1 < len(tokens) and tokens[place].text == "." and tokens[place + 1].is_name:
        parts.append(tokens[place + 1].text)
        place += 2
    return ".".join(parts), place


def _check_name(name: str, allowed: Set[str], kind: str) -> None:
    if name in allowed:
        return
    raise QueryError(
        f"the {kind} {name} is not allowed here",
        hint=f"allowed are {', '.join(sorted(allowed))}"
        + ("; a variable called call is written in backticks" if kind == "procedure" else ""),
    )


def _check_nesting(tokens: list[_Token]) -> None:
    depth = prefixes = 0
    for token in tokens:
        if token.kind == "symbol":
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        is_prefix = token.text in {"!", "-", "+"} or (token.kind == "word" and token.text.upper() == "NOT")
        prefixes = prefixes + 1 if is_prefix else 0
        if depth > _MAX_DEPTH or prefixes > _MAX_PREFIXES:
            raise QueryError("the query is nested too deeply", hint=f"at most {_MAX_DEPTH} brackets in one another")
