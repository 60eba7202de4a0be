"""Cypher that is a little different: other spaces, comments, capitals and quotes, words that are gone, doubled or
swapped, and queries inside others."""

from __future__ import annotations

import re

from hypothesis import strategies as st

__all__ = ["mutated"]

_TOKEN = re.compile(r"\s+|'(?:\\.|[^'\\])*'|`[^`]*`|\w+|.", re.DOTALL)
_SPACES = [" ", "\t", "\r\n", "\u00a0", "\u2003", "\f", "/**/", "/* MATCH */", "// RETURN 1\n", "/*\n*/", " /* ' */ "]
_AROUND = [
    "CALL () {{ {0} RETURN 1 AS inner }} RETURN 1 AS x",
    "CALL {{ {0} }} RETURN 1 AS x",
    "RETURN [i IN [1] | COLLECT {{ {0} RETURN 1 }}] AS x",
    "MATCH (n) WHERE EXISTS {{ {0} }} RETURN n.id AS x",
    "RETURN COUNT {{ {0} }} AS x",
    "UNWIND [1] AS i {0}",
    "MATCH (m) WITH m LIMIT 1 {0}",
    "{0} RETURN 1 AS x",
    "RETURN 1 AS x UNION {0} RETURN 1 AS x",
    "{0} UNION ALL {0}",
    "RETURN 1 AS x; {0}",
    "RETURN 1 AS x /* {0} */",
    "RETURN 1 AS x // {0}",
    'RETURN "{0}" AS x',
    "RETURN 1 AS `{0}`",
    "EXPLAIN {0}",
    "PROFILE {0}",
    "CYPHER 5 {0}",
    "CYPHER runtime=slotted {0}",
    "USE neo4j {0}",
    "WITH 1 AS load, 2 AS csv, 3 AS call {0}",
]


@st.composite
def mutated(draw: st.DrawFn, texts: list[str], *, most: int) -> str:
    """One of the texts after some changes."""
    text = draw(st.sampled_from(texts))
    for change in draw(st.lists(st.sampled_from(_CHANGES), max_size=most)):
        text = draw(change(text))
    return text


def _around(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(_AROUND).map(lambda frame: frame.format(text))


@st.composite
def _spaced(draw: st.DrawFn, text: str) -> str:
    tokens = _TOKEN.findall(text)
    space = draw(st.sampled_from(_SPACES))
    return "".join(space if token.isspace() else token for token in tokens)


@st.composite
def _recased(draw: st.DrawFn, text: str) -> str:
    how = draw(st.sampled_from([str.lower, str.upper, str.swapcase, str.title]))
    place = draw(st.integers(0, max(0, len(text) - 1)))
    return text[:place] + how(text[place:])


@st.composite
def _quoted(draw: st.DrawFn, text: str) -> str:
    tokens = _TOKEN.findall(text) or [""]
    place = draw(st.integers(0, len(tokens) - 1))
    if re.fullmatch(r"\w+", tokens[place]):
        tokens[place] = f"`{tokens[place]}`"
    return "".join(tokens)


@st.composite
def _escaped(draw: st.DrawFn, text: str) -> str:
    place = draw(st.integers(0, max(0, len(text) - 1)))
    return text[:place] + "".join(f"\\u{ord(c):04x}" for c in text[place : place + 1]) + text[place + 1 :]


@st.composite
def _disordered(draw: st.DrawFn, text: str) -> str:
    tokens = _TOKEN.findall(text) or [""]
    one, other = (draw(st.integers(0, len(tokens) - 1)) for _ in range(2))
    how = draw(st.sampled_from(["drop", "double", "swap"]))
    if how == "drop":
        del tokens[one]
    elif how == "double":
        tokens.insert(other, tokens[one])
    else:
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


_CHANGES = [_around, _spaced, _recased, _quoted, _escaped, _disordered]
