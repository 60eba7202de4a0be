"""What the text of a strange query shows before Neo4j reads it: calls, LOAD CSV, functions of plugins, and whether it
is too long or too deep: no timeout of the server stops it while it reads and plans.

Plans do not show everything: in an expression such as `[x IN list | COLLECT { LOAD CSV … }]` a subquery is planned when
it runs, and functions appear in no plan at all. So the words of the text are looked at too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final, NamedTuple

from graph.errors import QueryError

__all__ = ["ALLOWED_FUNCTIONS", "MAX_LENGTH", "check_text"]

MAX_LENGTH: Final = 40_000
"""Characters; the longest named query has 35,000."""
_MAX_DEPTH: Final = 100
"""Brackets within brackets. Neo4j 5.26.30 with the usual stack of 1 MB reads 200; at 400 the connection hangs."""
_MAX_SUBQUERIES: Final = 8
"""Subqueries within one another. Planning doubles with each: 16 take 0.6 s, 24 more than a minute."""
_MAX_CLAUSES: Final = 180
"""In all; the longest named query has 163. 400 WITH take a second; plans of 900 are deeper than Python recurses."""
_MAX_CHAIN: Final = 200
"""Operators, dots or indexes in one expression. 1,000 take up to 2 s, 9,500 hang the connection for half a minute."""
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
_CLAUSES: Final = frozenset({"CALL", "MATCH", "RETURN", "UNION", "UNWIND", "WHERE", "WITH"})
_AFTER_ALIAS: Final = _CLAUSES | {"AS", "LIMIT", "OFFSET", "OPTIONAL", "ORDER", "SKIP"}
"""Words that may follow a variable called call; no procedure has such a name."""
_SUBQUERIES: Final = frozenset({"CALL", "COLLECT", "COUNT", "EXISTS"})
_COMMANDS: Final = frozenset({"SHOW", "TERMINATE"})
_OF_COMMANDS: Final = frozenset(
    {
        "ALIAS", "ALIASES", "ALL", "BTREE", "BUILT", "CONSTRAINT", "CONSTRAINTS", "CURRENT", "DATABASE", "DATABASES",
        "DEFAULT", "EXECUTABLE", "EXIST", "EXISTENCE", "FULLTEXT", "FUNCTION", "FUNCTIONS", "HOME", "INDEX", "INDEXES",
        "KEY", "LOOKUP", "NODE", "POINT", "POPULATED", "PRIVILEGE", "PRIVILEGES", "PROCEDURE", "PROCEDURES", "PROPERTY",
        "RANGE", "REL", "RELATIONSHIP", "ROLE", "ROLES", "SERVER", "SERVERS", "SETTING", "SETTINGS", "SUPPORTED",
        "TEXT", "TRANSACTION", "TRANSACTIONS", "UNIQUE", "UNIQUENESS", "USER", "USERS", "VECTOR",
    }
)  # fmt: skip
"""What may follow SHOW and TERMINATE; after a variable of such a name none of them can stand."""
_OPERATORS: Final = frozenset("+-*/%^=<>.:|&!~") | {"AND", "CONTAINS", "ENDS", "IN", "IS", "NOT", "OR", "STARTS", "XOR"}
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"


class _Token(NamedTuple):
    kind: str  # string, quoted, word or symbol
    text: str

    @property
    def is_name(self) -> bool:
        return self.kind in {"quoted", "word"}

    @property
    def is_number(self) -> bool:
        return self.kind == "word" and self.text[0].isdigit()

    def is_word(self, words: Set[str]) -> bool:
        """Say whether it is one of these words, which are in capitals."""
        return self.kind == "word" and self.text.upper() in words


_END: Final = _Token("symbol", "")


def check_text(text: str, procedures: Set[str]) -> None:
    """Raises QueryError where the text calls anything but `procedures` and built-in functions, reads files or addresses
    with LOAD CSV, shows or ends what the server does, or is so long or so deeply nested that Neo4j would choke on it.

    It does not understand the text, so it errs on the side of refusing.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text)} characters, and at most {MAX_LENGTH} are read")
    if re.search(r"\\u", text, re.IGNORECASE):
        # Neo4j replaces them before it reads the query: an escaped quote would end a string that goes on for us.
        raise QueryError(r"\u escapes are not read here", hint="write the character itself, or give a parameter")
    tokens = list(_tokens(text))
    _check_nesting(tokens)
    _check_size(tokens)
    for place, token in enumerate(tokens):
        before, after = _at(tokens, place - 1), _at(tokens, place + 1)
        if token.kind == "word" and token.text.upper() == "LOAD" and after.text.upper() == "CSV":
            raise QueryError("this query is refused: it does LOAD CSV", hint="only what reads the graph is run here")
        if token.is_word(_COMMANDS) and after.is_word(_OF_COMMANDS) and before.text not in {".", ":"}:
            command = f"{token.text} {after.text}".upper()
            raise QueryError(f"this query is refused: it does {command}", hint="only what reads the graph is run here")
        if _is_call(tokens, place):
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


def _is_call(tokens: list[_Token], place: int) -> bool:
    """Say whether this is CALL before the name of a procedure, and not a subquery, a property or a label."""
    token = tokens[place]
    if token.kind != "word" or token.text.upper() != "CALL":
        return False
    before, after = _at(tokens, place - 1), _at(tokens, place + 1)
    if before.text in {":", "$", "|", "&"} or (before.text == "." and not _at(tokens, place - 2).is_number):
        return False
    if before.text.upper() == "AS" and _dotted(tokens, place + 1)[0].upper() in _AFTER_ALIAS:
        return False
    return after.is_name


def _at(tokens: list[_Token], place: int) -> _Token:
    return tokens[place] if 0 <= place < len(tokens) else _END


def _dotted(tokens: list[_Token], place: int) -> tuple[str, int]:
    """Return the name with its dots that begins at `place`, and the place after it."""
    parts = [_at(tokens, place).text]
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


def _check_size(tokens: list[_Token]) -> None:
    """Raises QueryError where there are too many clauses, subqueries in one another or operators in one expression."""
    clauses = 0
    chains = [0]  # operators of the expression at hand, for each bracket that is open
    subqueries = [False]
    for place, token in enumerate(tokens):
        before = _at(tokens, place - 1)
        if token.text in _OPENING and token.kind == "symbol":
            chains[-1] += token.text == "["
            chains.append(0)
            subqueries.append(token.text == "{" and _begins_subquery(tokens, place))
        elif token.text in _CLOSING and token.kind == "symbol" and len(chains) > 1:
            chains.pop()
            subqueries.pop()
        elif token.text == "," and token.kind == "symbol":
            chains[-1] = 0
        elif token.is_word(_CLAUSES) and before.text not in {".", ":", "$"} and not before.is_word({"STARTS", "ENDS"}):
            clauses += token.text.upper() != "WHERE"
            chains[-1] = 0
        elif token.text.upper() in _OPERATORS and token.kind != "quoted":
            chains[-1] += 1
        _refuse_size("subqueries in one another", sum(subqueries), _MAX_SUBQUERIES)
        _refuse_size("clauses", clauses, _MAX_CLAUSES)
        _refuse_size("operators in one expression", chains[-1], _MAX_CHAIN)


def _begins_subquery(tokens: list[_Token], place: int) -> bool:
    # `)` is that of CALL (x) { … }; the braces of a pattern's {1,3} come after it too, and hold nothing.
    before = _at(tokens, place - 1)
    return before.is_word(_SUBQUERIES) or (before.kind == "symbol" and before.text == ")")


def _refuse_size(what: str, count: int, most: int) -> None:
    if count > most:
        raise QueryError(f"the query has more than {most} {what}", hint="ask in several queries, or give a list as $x")
